import type { ServerResponse } from 'node:http';
import type { SlackModel } from '../model.ts';
import { answerCall, type Tokens, type Verdict } from './answer-call.ts';
import { applyFault, sendRateLimited } from './apply-fault.ts';
import { Arguments, readArguments } from './arguments.ts';
import { type Request, sendJson } from './http.ts';

/** A playground may run for days. */
const CALLS_KEPT = 10_000;

export interface WebApi {
  model: SlackModel;
  tokens: Tokens;
  baseUrl: string;
  openSocket: () => string;
}

/** Answers POST /api/METHOD as Slack's Web API does. */
export function answerWebApi(api: WebApi, request: Request, response: ServerResponse): void {
  const values = readArguments(request.contentType, request.body);
  if (values === null) sendJson(response, 200, { ok: false, error: 'invalid_json' });
  else answerMethod(api, request, values, response);
}

function answerMethod(
  api: WebApi,
  request: Request,
  values: Record<string, unknown>,
  response: ServerResponse,
): void {
  const { model } = api;
  const method = request.path.slice('/api/'.length);
  const args = new Arguments(values);
  const token = /^Bearer (.+)$/.exec(request.authorization ?? '')?.[1] ?? args.text('token');
  const { token: _secret, ...told } = values;
  const call = { model, args, baseUrl: api.baseUrl, openSocket: api.openSocket };
  const run = () => answerCall(method, token, api.tokens, call);
  const record = (outcome: string) => {
    model.calls.push({ at: model.clock.now(), method, args: told, outcome });
    if (model.calls.length > CALLS_KEPT) model.calls.shift();
  };

  const fault = model.faults.take(method);
  if (fault !== null) {
    record(fault.fault);
    applyFault(fault, response, run);
    return;
  }
  const verdict = run();
  record(outcomeOf(verdict));
  if (verdict.kind === 'rate limited') sendRateLimited(response, verdict.retryAfter);
  else sendJson(response, 200, verdict.answer, { 'x-oauth-scopes': [...model.app.scopes].join(',') });
}

function outcomeOf(verdict: Verdict): string {
  if (verdict.kind === 'rate limited') return 'ratelimited';
  return verdict.answer.ok ? 'ok' : verdict.answer.error;
}
