import { allMethods } from '../methods/all-methods.ts';
import { type Answer, type Call, no } from '../methods/method.ts';

/** The two secrets a client may present. */
export interface Tokens {
  bot: string;
  app: string;
}

/** What a request gets: Slack's 200 with `ok`, or a 429 to come back after. */
export type Verdict = { kind: 'answer'; answer: Answer } | { kind: 'rate limited'; retryAfter: number };

const said = (answer: Answer): Verdict => ({ kind: 'answer', answer });

/** Runs one Web API request: method, token, scope, rate, then the work, in Slack's order. */
export function answerCall(name: string, token: string | null, tokens: Tokens, call: Call): Verdict {
  const method = Object.hasOwn(allMethods, name) ? allMethods[name] : undefined;
  if (method === undefined) return said(no('unknown_method', { req_method: name }));
  if (token === null) return said(no('not_authed'));
  if (token !== tokens.bot && token !== tokens.app) return said(no('invalid_auth'));
  if (token !== tokens[method.token]) return said(no('not_allowed_token_type'));
  const { model } = call;
  const needed = method.scope(call);
  if (needed !== null && !model.app.scopes.has(needed)) {
    return said(no('missing_scope', { needed, provided: [...model.app.scopes].join(',') }));
  }
  const retryAfter = model.limits.take(name, method.tier, call.args.text('channel'));
  if (retryAfter !== null) return { kind: 'rate limited', retryAfter };
  return said(method.run(call));
}
