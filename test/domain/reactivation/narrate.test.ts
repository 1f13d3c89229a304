import { describe, expect, it } from '@jest/globals';
import { evolveReactivation } from '../../../src/domain/reactivation/evolve.ts';
import { narrateReactivation } from '../../../src/domain/reactivation/narrate.ts';
import type { ReactivationEvent, ReactivationState } from '../../../src/domain/reactivation.ts';
import { inConfirming, reactivation, reactivationStates } from '../../support/reactivation-samples.ts';
import { alice, at, leader } from '../../support/samples.ts';

const { calling, checking, confirming } = reactivationStates;
const cause = { code: 'disconnected' } as const;

/** Event, from which status; what is filed; what is said, with `+` where the channel hears it too. `-`: nothing. */
const table: [ReactivationEvent, ReactivationState, string, string][] = [
  // The door files what became of its call.
  [{ type: 'call-accepted', at: at(1), master: leader, away: true }, calling, '-', 'accepted'],
  [{ type: 'call-unknown', at: at(1), why: 'late' }, calling, '-', 'unknown'],
  [
    { type: 'call-rejected', at: at(1), httpStatus: 403, body: '' },
    calling,
    'reactivation.ended rejected',
    'ended+',
  ],
  [{ type: 'effect-seen', at: at(1), leader }, checking, 'reactivation.effect-seen accepted', 'effect-seen'],
  [{ type: 'no-effect-seen', at: at(1), leader }, checking, '-', '-'],
  [
    { type: 'waiting', at: at(1), cause, tell: true },
    confirming,
    'reactivation.waiting disconnected',
    'waiting',
  ],
  [{ type: 'waiting', at: at(1), cause, tell: false }, confirming, '-', '-'],
  [
    { type: 'waiting', at: at(1), cause: { code: 'recovering' }, tell: true },
    checking,
    'reactivation.waiting recovering',
    'still-unknown',
  ],
  [{ type: 'absent-seen', at: at(1), leader }, confirming, '-', '-'],
  [{ type: 'listed-again', at: at(1) }, confirming, '-', '-'],
  [
    { type: 'ended', at: at(9), end: { kind: 'active', agentNotAsked: null } },
    confirming,
    'reactivation.ended active',
    'ended+',
  ],
];

describe('what an event of a reactivation leaves behind', () => {
  it.each(table.map(([event, state, filed, said]) => [event.type, filed, said, event, state] as const))(
    'files %s as "%s" and says "%s"',
    (_, filed, said, event, state) => {
      const after = evolveReactivation(reactivation({ state }), event);
      const { audit, say } = narrateReactivation(after, event);
      expect(audit === null ? '-' : [audit.event, audit.outcome].filter(Boolean).join(' ')).toBe(filed);
      const news = say?.notice.kind === 'reactivation' ? say.notice.news.news : '-';
      expect(`${news}${say?.broadcast ? '+' : ''}`).toBe(said);
    },
  );

  it('has a row for every event', () => {
    const types: Record<ReactivationEvent['type'], true> = {
      'call-accepted': true,
      'call-rejected': true,
      'call-unknown': true,
      'effect-seen': true,
      'no-effect-seen': true,
      waiting: true,
      'absent-seen': true,
      'listed-again': true,
      ended: true,
    };
    expect([...new Set(table.map(([event]) => event.type))].sort()).toEqual(Object.keys(types).sort());
  });

  it('tells since when it waits, not since when it is told', () => {
    const before = reactivation({ state: inConfirming({ waiting: { cause, since: at(1) } }) });
    const event: ReactivationEvent = { type: 'waiting', at: at(300), cause, tell: true };
    expect(narrateReactivation(evolveReactivation(before, event), event).say?.notice).toMatchObject({
      about: { requester: alice.userId, drain: 17 },
      news: { since: at(1) },
    });
  });
});
