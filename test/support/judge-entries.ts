import { readFileSync } from 'node:fs';
import type { AuditEntry } from '../../src/domain/audit.ts';

const page = readFileSync(new URL('../../docs/audit-format.md', import.meta.url), 'utf8');

/** What docs/audit-format.md promises of each code: the patterns of a line, and the keys before its first semicolon. */
export const promised = linesUnder('| Codes | Always with |').map(([codes = '', always = '']) => ({
  codes: quoted(codes),
  keys: quoted(always.split(';')[0] ?? ''),
}));

/** What entries lack of that; empty: nothing. */
export function lacking(entries: AuditEntry[]): string[] {
  return entries.flatMap((entry) =>
    keysOf(entry.event)
      .filter((key) => !(key in entry))
      .map((key) => `#${entry.seq} ${entry.event} has no ${key}`),
  );
}

/** The keys that every entry of this code has. */
export function keysOf(event: string): string[] {
  return promised.filter(({ codes }) => codes.some((code) => fits(code, event))).flatMap(({ keys }) => keys);
}

function fits(pattern: string, event: string): boolean {
  return pattern.endsWith('*') ? event.startsWith(pattern.slice(0, -1)) : event === pattern;
}

function linesUnder(heading: string): string[][] {
  const [, below = ''] = page.split(`${heading}\n`);
  return (below.split('\n\n')[0] ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.split('|').slice(1, -1));
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

/** Calls that left without a word in the log of what became of them; empty: none. Of a log whose work is over. */
export function withoutOutcome(entries: AuditEntry[]): string[] {
  const open = new Map<string, number>();
  for (const { event, correlation } of entries)
    if (event.startsWith('call.'))
      open.set(correlation, (open.get(correlation) ?? 0) + (event === 'call.intended' ? 1 : -1));
  return [...open].flatMap(([correlation, calls]) => (calls > 0 ? [`${correlation}: no outcome`] : []));
}
