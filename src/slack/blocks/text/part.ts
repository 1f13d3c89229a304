import type { KnownBlock } from '@slack/types';
import type { CommandButton } from './buttons.ts';

/** What Slack is handed: blocks for the eye, and a text that says all of the same (notifications and screen
 * readers get only that). */
export interface Rendered {
  text: string;
  blocks: KnownBlock[];
}

/** A piece of a message, before it is laid out within Slack's limits (limits.ts). All text is mrkdwn with foreign
 * text already escaped, except the heading's, which is foreign and raw. */
export type Part =
  /** The verdict: always first. */
  | { as: 'heading'; text: string }
  | { as: 'text'; lines: string[] }
  /** As many items as fit; `more` tells how many did not. */
  | { as: 'list'; items: string[]; more: (left: number) => string }
  /** The same in a monospaced block; the items must come from escape.ts `preformatted`. */
  | { as: 'table'; items: string[]; more: (left: number) => string }
  /** A command line to copy. */
  | { as: 'shell'; line: string }
  /** Small print. */
  | { as: 'note'; lines: string[] }
  /** Commands to click; a reader of the text alone is told what to type. */
  | { as: 'buttons'; buttons: CommandButton[] }
  | { as: 'divider' };

export function heading(text: string): Part {
  return { as: 'heading', text };
}

/** Lines of mrkdwn; nulls are left out. */
export function text(...lines: (string | null)[]): Part {
  return { as: 'text', lines: lines.filter((line) => line !== null) };
}

export function note(...lines: (string | null)[]): Part {
  return { as: 'note', lines: lines.filter((line) => line !== null) };
}

export function list(items: string[], more = (left: number) => `…and ${left} more.`): Part {
  return { as: 'list', items, more };
}

export function buttons(...each: CommandButton[]): Part {
  return { as: 'buttons', buttons: each };
}

/** `1 task`, `2 tasks`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`; cut after `most`, saying how many are left out. */
export function enumerate(items: string[], most = 5): string {
  const shown = items.slice(0, most);
  if (items.length > most) return `${shown.join(', ')} and ${items.length - most} more`;
  const last = shown.pop();
  if (last === undefined) return 'none';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
