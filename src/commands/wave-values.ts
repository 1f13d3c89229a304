import { nearest } from '../domain/nearest.ts';
import { type Objection, objection, quote } from './objection.ts';
import type { Value } from './values.ts';

/** The most that are read: a list takes no more (app/plans). */
const most = 200;

/** `2`. */
export function readAgentsAtOnce(text: string): Value | Objection {
  const agents = agentsIn(text);
  return agents === null
    ? objection(`${quote(text)} is no number of agents from 1 to ${most}`, ['2'])
    : { kind: 'agents-at-once', agents };
}

/** `rack 1`, or `rack=1`. */
export function readPer(text: string): Value | Objection {
  const form = /^([\w.-]{1,100})[ =](\d+)$/.exec(text);
  const [, attribute = '', number = ''] = form ?? [];
  const allowed = agentsIn(number);
  return form === null || allowed === null
    ? objection(`${quote(text)} is not an attribute with a number of agents from 1 to ${most}`, ['rack 1'])
    : { kind: 'per', attribute, allowed };
}

const words = ['wait', 'mark-gone', 'reactivate'] as const;

/** What becomes of agents once they are empty. */
export function readAfterwards(text: string): Value | Objection {
  const typed = text.toLowerCase().replaceAll('_', '-');
  const afterwards = words.find((word) => word === typed);
  return afterwards === undefined
    ? objection(`${quote(text)} is not what can follow`, words, nearest(typed, words)[0] ?? null)
    : { kind: 'afterwards', afterwards };
}

function agentsIn(text: string): number | null {
  const agents = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return agents >= 1 && agents <= most ? agents : null;
}
