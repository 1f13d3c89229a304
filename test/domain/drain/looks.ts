import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import type { DrainEvent } from '../../../src/domain/drain.ts';
import {
  absent,
  agent,
  asked,
  drained,
  draining,
  foreign,
  leader,
  notAsked,
  notRead,
  shows,
  sighting,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

/** Every kind of look that a master can give, by a name that the table uses. */
export const looks = {
  'registered, no drain': shows(null),
  'registered, DRAINING, ours': shows(draining),
  'registered, DRAINED, ours': shows(drained),
  'registered, other config': shows(foreign),
  'registered, to be marked gone': shows({ ...draining, markGone: true }),
  'registered, deactivated only': {
    kind: 'registered',
    leader,
    agent: agent({ deactivated: true, active: false }),
  },
  recovered: { kind: 'recovered', leader },
  'unreachable, ours': unreachable(),
  'unreachable, no drain': unreachable({ drain: null, deactivated: false }),
  'unreachable, deactivated only': unreachable({ drain: null }),
  'unreachable, other config': unreachable({ drain: foreign }),
  gone: { kind: 'gone', leader, at: sighting(80, notRead).at },
  absent: absent(),
  unexplained,
  'not-read': notRead,
} satisfies Record<string, MasterSighting>;
export type Look = keyof typeof looks;

export const agents = { busy: asked(4), empty: asked(0), 'not asked': notAsked } satisfies Record<
  string,
  AgentSighting
>;
export type Own = keyof typeof agents;

/** Events as the table writes them: a type, or `ended KIND`, `waiting CODE`, `waiting CODE!` when it is told. */
export function inShort(events: DrainEvent[]): string[] {
  return events.map((event) =>
    event.type === 'ended'
      ? `ended ${event.end.kind}`
      : event.type === 'waiting'
        ? `waiting ${event.cause.code}${event.tell ? '!' : ''}`
        : event.type,
  );
}

export type Cell = string | Record<Own, string>;
/** The config of an unattended drain, as a master shows it. */
export const orders = { ...draining, markGone: true };

export const names = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[];
