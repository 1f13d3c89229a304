import type { MasterSighting } from '../../../src/domain/agent.ts';
import { observeMarkGone } from '../../../src/domain/mark-gone/observe.ts';
import type { MarkGone, MarkGoneCall, MarkGoneEvent, MarkGoneState } from '../../../src/domain/mark-gone.ts';
import { markGone } from '../../support/approval-samples.ts';
import {
  absent,
  agent,
  at,
  drained,
  draining,
  foreign,
  leader,
  notRead,
  shows,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

export const ordered = { ...draining, markGone: true };
export const foreignOrder = { ...foreign, markGone: true };
export const recovered: MasterSighting = { kind: 'recovered', leader };
export const goneNow: MasterSighting = { kind: 'gone', leader, at: at(302) };

/** Every kind of look that a master can give, by a name that the table uses. */
export const looks = {
  'registered, DRAINING as ordered': shows(ordered),
  'registered, DRAINED as ordered': shows({ ...ordered, state: 'DRAINED' }),
  'registered, DRAINED by the first call': shows(drained),
  'registered, DRAINING by the first call': shows(draining),
  'registered, to be marked gone by others': shows(foreignOrder),
  'registered, no drain': shows(null),
  'registered, deactivated only': {
    kind: 'registered',
    leader,
    agent: agent({ deactivated: true, active: false }),
  },
  recovered,
  'unreachable, as ordered': unreachable({ drain: ordered }),
  'unreachable, by the first call': unreachable({ drain: drained }),
  'unreachable, deactivated only': unreachable({ drain: null }),
  'unreachable, in service': unreachable({ drain: null, deactivated: false }),
  gone: goneNow,
  absent: absent(),
  unexplained,
  'not-read': notRead,
} satisfies Record<string, MasterSighting>;
export type Look = keyof typeof looks;

export const calls = {
  'second-drain': markGone().call,
  'mark-agent-gone': { by: 'mark-agent-gone' },
} satisfies Record<MarkGoneCall['by'], MarkGoneCall>;
export type By = MarkGoneCall['by'];

/** Events as the table writes them: a type, or `ended KIND`, `waiting CODE`, `waiting CODE!` when it is told. */
export function inShort(events: MarkGoneEvent[]): string {
  const words = events.map((event) => {
    if (event.type === 'ended') return `ended ${event.end.kind}`;
    return event.type === 'waiting' ? `waiting ${event.cause.code}${event.tell ? '!' : ''}` : event.type;
  });
  return words.join(', ') || '-';
}

export function observed(
  state: MarkGoneState,
  seconds: number,
  seen: MasterSighting,
  over: Partial<MarkGone> = {},
) {
  return observeMarkGone(markGone({ state, ...over }), seen, at(seconds));
}
