import type { SlackModel } from '../model.ts';
import type { Tier } from '../rules/rate-limits.ts';
import type { Arguments } from '../server/arguments.ts';
import type { SlackChannel } from '../workspace/workspace.ts';

/** The JSON body of an answer; Slack answers 200 also when it says no. */
export type Answer =
  | { ok: true; [field: string]: unknown }
  | { ok: false; error: string; [field: string]: unknown };

export interface Call {
  readonly model: SlackModel;
  readonly args: Arguments;
  /** Where the local Slack answers, for links. */
  readonly baseUrl: string;
  /** A fresh Socket Mode address, good for one connection. */
  readonly openSocket: () => string;
}

export interface Method {
  /** Which of the two tokens it wants. */
  token: 'bot' | 'app';
  tier: Tier;
  /** The scope it needs, by what it is asked; null for none. */
  scope: (call: Call) => string | null;
  run: (call: Call) => Answer;
}

export type Methods = Record<string, Method>;

export function no(error: string, more: Record<string, unknown> = {}): Answer {
  return { ok: false, error, ...more };
}

export function missing(field: string): Answer {
  const messages = [`[ERROR] missing required field: ${field}`];
  return no('invalid_arguments', { response_metadata: { messages } });
}

/** The scope for reading about or from a kind of conversation. */
export function conversationScope(channel: SlackChannel | null, verb: 'read' | 'history'): string {
  switch (channel?.kind) {
    case 'private':
      return `groups:${verb}`;
    case 'im':
      return `im:${verb}`;
    default:
      return `channels:${verb}`;
  }
}
