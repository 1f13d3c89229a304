import { type AuditCommand, showWork, type When } from '../domain/command.ts';
import { typedDuration } from '../domain/duration.ts';
import type { Instant } from '../domain/ids.ts';
import { after, iso } from '../domain/ids.ts';
import { clusterFlag } from './everywhere.ts';

/** The instant that was meant. */
export function instantOf(when: When, now: Instant): Instant {
  return 'at' in when ? when.at : after(now, -when.ago * 1000);
}

/** An `audit` as one would type it behind the slash command, from its first page; `cluster`: named with it. */
export function auditWords(
  { about, agent, by, command, since, until }: AuditCommand,
  cluster: string | null,
): string {
  return [
    'audit',
    ...(about === null ? [] : [aboutWords(about)]),
    ...(agent === null ? [] : [`--agent ${agent}`]),
    ...(cluster === null ? [] : [`--${clusterFlag.name} ${cluster}`]),
    ...(by === null ? [] : [`--by ${by}`]),
    ...(command === null ? [] : [`--command ${command}`]),
    ...(since === null ? [] : [`--since ${whenWords(since)}`]),
    ...(until === null ? [] : [`--until ${whenWords(until)}`]),
  ].join(' ');
}

function aboutWords(about: NonNullable<AuditCommand['about']>): string {
  if ('who' in about) return `who ${about.who.typed}`;
  if ('anchor' in about) return 'anchor';
  return showWork(about);
}

function whenWords(when: When): string {
  return 'at' in when ? iso(when.at).replace('.000Z', 'Z') : typedDuration(when.ago);
}
