import type { ServerResponse } from 'node:http';
import { showAnswer } from '../delivery/show-answer.ts';
import type { SlackModel } from '../model.ts';
import { applyFault } from './apply-fault.ts';
import { readArguments } from './arguments.ts';
import { type Request, sendJson, sendText } from './http.ts';

/** Answers POST /commands/TEAM/ID and /actions/TEAM/ID, the response_url of a slash command and of a click. */
export function answerResponseUrl(model: SlackModel, request: Request, response: ServerResponse): void {
  const id = request.path.split('/').at(-1) ?? '';
  const use = (): string | null => {
    const body = readArguments('application/json', request.body);
    if (body === null) return 'invalid_payload';
    const ticket = model.responseUrls.use(id);
    return typeof ticket === 'string' ? ticket : showAnswer(model, ticket, body);
  };
  const fault = model.faults.take('response_url');
  if (fault === null) sendOutcome(response, use());
  else applyFault(fault, response, use);
}

function sendOutcome(response: ServerResponse, error: string | null): void {
  if (error === null) {
    sendText(response, 200, 'text/html', 'ok');
    return;
  }
  const status = error === 'used_url' || error === 'expired_url' ? 404 : 400;
  sendJson(response, status, { ok: false, error });
}
