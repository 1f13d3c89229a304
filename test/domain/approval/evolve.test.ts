import { describe, expect, it } from '@jest/globals';
import { evolveApproval } from '../../../src/domain/approval/evolve.ts';
import type { ApprovalEvent, ApprovalState } from '../../../src/domain/approval.ts';
import { approvalId, drainId } from '../../../src/domain/ids.ts';
import { approval, approvalStates, ballot, carol, keyed } from '../../support/approval-samples.ts';
import { at, bob } from '../../support/samples.ts';

type Status = ApprovalState['status'];
type Leads = Partial<Record<Status, Status>>;
const everywhere = { open: 'open', holding: 'holding', standing: 'standing', settled: 'settled' } as const;

/** One of each event, and where it leads from where it may come. */
const table: { [T in ApprovalEvent['type']]: [Extract<ApprovalEvent, { type: T }>, Leads] } = {
  voted: [{ type: 'voted', at: at(99), ballot: ballot() }, everywhere],
  'vote-gone': [{ type: 'vote-gone', at: at(99), ballot: ballot() }, everywhere],
  held: [{ type: 'held', at: at(99), until: at(129), by: [bob] }, { open: 'holding' }],
  'held-anew': [{ type: 'held-anew', at: at(99), until: at(129) }, { holding: 'holding' }],
  released: [{ type: 'released', at: at(99) }, { holding: 'open' }],
  needs: [
    { type: 'needs', at: at(99), needed: 2, oneOf: null },
    { open: 'open', holding: 'holding', standing: 'standing' },
  ],
  waits: [{ type: 'waits', at: at(99), why: 'Slack is away', tell: true }, { standing: 'standing' }],
  stands: [{ type: 'stands', at: at(99), drain: drainId(17) }, { holding: 'standing' }],
  settled: [
    { type: 'settled', at: at(99), how: { how: 'expired' }, again: null },
    { open: 'settled', holding: 'settled', standing: 'settled' },
  ],
};

const cells = Object.values(table).flatMap(([event, to]) =>
  (Object.keys(approvalStates) as Status[]).map(
    (status) => [event.type, status, to[status] ?? 'refused', event as ApprovalEvent] as const,
  ),
);

describe('an approval after an event', () => {
  it.each(cells)('%s while %s: %s', (_, status, to, event) => {
    const before = approval({ version: 5, state: approvalStates[status] });
    if (to === 'refused') expect(() => evolveApproval(before, event)).toThrow(TypeError);
    else expect(evolveApproval(before, event)).toMatchObject({ version: 6, state: { status: to } });
  });

  it('holds from its quorum until the hour that was named, on these people’s votes', () => {
    expect(evolveApproval(approval(), table.held[0]).state).toEqual({
      status: 'holding',
      quorumAt: at(99),
      since: at(99),
      until: at(129),
      by: [bob],
    });
  });

  it('holds anew in full, and its votes get no younger by that', () => {
    const before = approval({ state: approvalStates.holding });
    expect(evolveApproval(before, table['held-anew'][0]).state).toEqual({
      ...approvalStates.holding,
      quorumAt: at(60),
      since: at(99),
      until: at(129),
    });
  });

  it('waits since the first time that it could not be judged, and knows when that was last told', () => {
    const step = (before: ApprovalState, seconds: number, tell: boolean) =>
      evolveApproval(approval({ state: before }), { type: 'waits', at: at(seconds), why: 'away', tell })
        .state;
    const first = step(approvalStates.standing, 100, false);
    expect(first).toMatchObject({ waits: { since: at(100), toldAt: null } });
    const told = step(first, 220, true);
    expect(told).toMatchObject({ waits: { since: at(100), toldAt: at(220) } });
    expect(step(told, 230, false)).toMatchObject({ waits: { since: at(100), toldAt: at(220) } });
  });

  it('stands for the drain that was begun, since then, on votes as old as they are', () => {
    const before = approval({ state: approvalStates.holding, ballots: [ballot()] });
    expect(evolveApproval(before, table.stands[0])).toMatchObject({
      drain: 17,
      state: { status: 'standing', quorumAt: at(60), since: at(99), by: [bob], waits: null },
    });
  });

  it('stands on the votes that stand then, whoever made the quorum', () => {
    const carols = ballot({ user: carol.userId, by: keyed(carol) });
    const before = approval({ state: approvalStates.holding, ballots: [carols] });
    expect(evolveApproval(before, table.stands[0]).state).toMatchObject({ by: [carol] });
  });

  it.each([
    ['open', false],
    ['holding', false],
    ['standing', true],
  ] as const)('remembers in its end whether its first call had left: %s, %s', (status, wasStanding) => {
    const event = { ...table.settled[0], again: approvalId(10) };
    expect(evolveApproval(approval({ state: approvalStates[status] }), event).state).toEqual({
      status: 'settled',
      at: at(99),
      how: { how: 'expired' },
      wasStanding,
      again: 10,
    });
  });

  it.each(['voted', 'vote-gone'] as const)('stands where it stood, whatever is %s', (type) => {
    for (const state of Object.values(approvalStates))
      expect(evolveApproval(approval({ state }), table[type][0]).state).toEqual(state);
  });

  it('keeps its drain through everything but the beginning of another', () => {
    const standing = approval({ drain: drainId(17), state: approvalStates.standing });
    expect(evolveApproval(standing, table.settled[0]).drain).toBe(17);
    expect(evolveApproval(standing, table.voted[0]).drain).toBe(17);
  });
});

describe('the ballots of an approval', () => {
  const carols = ballot({ user: carol.userId, by: keyed(carol) });
  const stop = ballot({ mark: 'stop', verdict: { is: 'stops' } });

  it('gain one that is new', () => {
    const before = approval({ ballots: [ballot()] });
    expect(evolveApproval(before, { type: 'voted', at: at(99), ballot: carols }).ballots).toEqual([
      ballot(),
      carols,
    ]);
  });

  it('hold each reaction of a person once, as it was judged last', () => {
    const refused = ballot({ verdict: { is: 'refused', why: 'not-entitled' } });
    const before = approval({ ballots: [ballot(), carols, stop] });
    const { ballots } = evolveApproval(before, { type: 'voted', at: at(99), ballot: refused });
    expect(ballots).toHaveLength(3);
    expect(ballots).toEqual(expect.arrayContaining([refused, carols, stop]));
  });

  it('lose the one that was taken back, and no other of the same person or the same mark', () => {
    const before = approval({ ballots: [ballot(), carols, stop] });
    expect(evolveApproval(before, { type: 'vote-gone', at: at(99), ballot: ballot() }).ballots).toEqual([
      carols,
      stop,
    ]);
  });

  it('are untouched by anything else', () => {
    const ballots = [ballot(), carols];
    for (const [type, [event, to]] of Object.entries(table))
      for (const status of Object.keys(to) as Status[])
        if (type !== 'voted' && type !== 'vote-gone')
          expect(evolveApproval(approval({ ballots, state: approvalStates[status] }), event).ballots).toEqual(
            ballots,
          );
  });
});
