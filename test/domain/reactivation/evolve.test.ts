import { describe, expect, it } from '@jest/globals';
import { evolveReactivation } from '../../../src/domain/reactivation/evolve.ts';
import type { ReactivationEvent, ReactivationState } from '../../../src/domain/reactivation.ts';
import { inConfirming, reactivation, reactivationStates } from '../../support/reactivation-samples.ts';
import { at, leader } from '../../support/samples.ts';

type Status = ReactivationState['status'];

/** Each event, and where it leads from where it may come. */
const table: [ReactivationEvent, Partial<Record<Status, Status>>][] = [
  [
    { type: 'call-accepted', at: at(1), master: leader, away: false },
    { calling: 'confirming', checking: 'confirming' },
  ],
  [{ type: 'call-rejected', at: at(1), httpStatus: 403, body: 'no' }, { calling: 'ended' }],
  [{ type: 'call-unknown', at: at(1), why: 'late' }, { calling: 'checking' }],
  [
    { type: 'effect-seen', at: at(1), leader },
    { calling: 'confirming', checking: 'confirming' },
  ],
  [{ type: 'no-effect-seen', at: at(1), leader }, { checking: 'checking' }],
  [
    { type: 'waiting', at: at(1), cause: { code: 'recovering' }, tell: true },
    { checking: 'checking', confirming: 'confirming' },
  ],
  [{ type: 'absent-seen', at: at(1), leader }, { confirming: 'confirming' }],
  [{ type: 'listed-again', at: at(1) }, { confirming: 'confirming' }],
  [
    { type: 'ended', at: at(1), end: { kind: 'removed' } },
    { checking: 'ended', confirming: 'ended' },
  ],
];
const cells = table.flatMap(([event, leads]) =>
  (Object.keys(reactivationStates) as Status[]).map(
    (status) => [event.type, status, leads[status] ?? 'refused', event] as const,
  ),
);

describe('a reactivation after an event', () => {
  it.each(cells)('%s while %s: %s', (_, status, leads, event) => {
    const before = reactivation({ state: reactivationStates[status] });
    if (leads === 'refused') expect(() => evolveReactivation(before, event)).toThrow(TypeError);
    else expect(evolveReactivation(before, event)).toMatchObject({ version: 2, state: { status: leads } });
  });

  it('is one wait as long as nobody can look, and none any more once somebody could', () => {
    const blind = { type: 'waiting', at: at(40), cause: { code: 'recovering' }, tell: false } as const;
    const first = evolveReactivation(reactivation({ state: reactivationStates.checking }), blind);
    const cause = { code: 'master-silent', why: 'x' } as const;
    const then = evolveReactivation(first, { ...blind, at: at(160), cause, tell: true });
    expect(then.state).toMatchObject({ waiting: { cause, since: at(40), toldAt: at(160) } });
    const seen = evolveReactivation(then, { type: 'no-effect-seen', at: at(170), leader });
    expect(seen.state).toMatchObject({ waiting: null });
  });

  it('waits since the cause was first seen, and remembers what was told', () => {
    const first: ReactivationEvent = {
      type: 'waiting',
      at: at(1),
      cause: { code: 'not-listed', why: 'a' },
      tell: false,
    };
    const once = evolveReactivation(reactivation({ state: inConfirming() }), first);
    expect(once.state).toMatchObject({ waiting: { since: at(1) }, told: [] });
    const cause = { code: 'not-listed', why: 'b' } as const;
    const twice = evolveReactivation(once, { ...first, at: at(9), cause, tell: true });
    expect(twice.state).toMatchObject({ waiting: { cause, since: at(1) }, told: ['not-listed'] });
    const other = evolveReactivation(twice, {
      type: 'waiting',
      at: at(20),
      cause: { code: 'recovering' },
      tell: true,
    });
    expect(other.state).toMatchObject({ waiting: { since: at(20) }, told: ['not-listed', 'recovering'] });
  });
});
