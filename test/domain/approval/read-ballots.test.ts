import { describe, expect, it } from '@jest/globals';
import type { Reading } from '../../../src/domain/approval/read-ballots.ts';
import { carol, dave, keyed, reaction, unknownVoter, voter } from '../../support/approval-samples.ts';
import { alice, at, bob } from '../../support/samples.ts';
import { afterReading, before, lost, read, type Status, signs, statuses, yes } from './readings.ts';

/** The marks that are read, and what they mean while open / holding / standing / settled; in the last three bob's ✅ had
 * been seen. One vote is enough. */
const table: [string, Reading['ballots'], Record<Status, string>][] = [
  [
    'nothing',
    [],
    {
      open: '-',
      holding: 'bob ✅ off, released',
      standing: 'bob ✅ off, settled taken-back bob',
      settled: 'bob ✅ off',
    },
  ],
  ['bob ✅', [yes], { open: 'bob ✅ approves, held', holding: '-', standing: '-', settled: '-' }],
  [
    'bob ✅ carol ✅',
    [yes, reaction(carol)],
    {
      open: 'bob ✅ approves, carol ✅ approves, held',
      holding: 'carol ✅ approves',
      standing: 'carol ✅ approves',
      settled: 'carol ✅ settled',
    },
  ],
  [
    'carol ✅ alone',
    [reaction(carol)],
    {
      open: 'carol ✅ approves, held',
      holding: 'bob ✅ off, carol ✅ approves, released, held',
      standing: 'bob ✅ off, carol ✅ approves',
      settled: 'bob ✅ off, carol ✅ settled',
    },
  ],
  [
    'alice ✅, who asked',
    [reaction(alice)],
    {
      open: 'alice ✅ own-vote',
      holding: 'bob ✅ off, alice ✅ own-vote, released',
      standing: 'bob ✅ off, alice ✅ own-vote, settled taken-back bob',
      settled: 'bob ✅ off, alice ✅ settled',
    },
  ],
  [
    'dave ✅, who is no approver',
    [reaction(dave)],
    {
      open: 'dave ✅ not-entitled',
      holding: 'bob ✅ off, dave ✅ not-entitled, released',
      standing: 'bob ✅ off, dave ✅ not-entitled, settled taken-back bob',
      settled: 'bob ✅ off, dave ✅ settled',
    },
  ],
  [
    'bob ✅ carol ❌',
    [yes, reaction(carol, 'deny')],
    {
      open: 'bob ✅ approves, carol ❌ denies, settled denied carol',
      holding: 'carol ❌ denies, settled denied carol',
      standing: 'carol ❌ denies, settled denied carol',
      settled: 'carol ❌ settled',
    },
  ],
  [
    'bob ✅ alice ❌',
    [yes, reaction(alice, 'deny')],
    {
      open: 'bob ✅ approves, alice ❌ withdraws, settled withdrawn alice',
      holding: 'alice ❌ withdraws, settled withdrawn alice',
      standing: 'alice ❌ withdraws, settled withdrawn alice',
      settled: 'alice ❌ settled',
    },
  ],
  [
    'bob ✅ dave ❌',
    [yes, reaction(dave, 'deny')],
    {
      open: 'bob ✅ approves, dave ❌ objects',
      holding: 'dave ❌ stops, settled stopped dave',
      standing: 'dave ❌ stops, settled stopped dave',
      settled: 'dave ❌ settled',
    },
  ],
  [
    'bob ✅ carol 🛑',
    [yes, reaction(carol, 'stop')],
    {
      open: 'bob ✅ approves, carol 🛑 objects',
      holding: 'carol 🛑 stops, settled stopped carol',
      standing: 'carol 🛑 stops, settled stopped carol',
      settled: 'carol 🛑 settled',
    },
  ],
  [
    'bob ✅ dave 🛑',
    [yes, reaction(dave, 'stop')],
    {
      open: 'bob ✅ approves, dave 🛑 objects',
      holding: 'dave 🛑 stops, settled stopped dave',
      standing: 'dave 🛑 stops, settled stopped dave',
      settled: 'dave 🛑 settled',
    },
  ],
  [
    'bob ✅ alice 🛑',
    [yes, reaction(alice, 'stop')],
    {
      open: 'bob ✅ approves, alice 🛑 objects',
      holding: 'alice 🛑 stops, settled stopped alice',
      standing: 'alice 🛑 stops, settled stopped alice',
      settled: 'alice 🛑 settled',
    },
  ],
  [
    'bob ✅ and bob 🛑',
    [yes, reaction(bob, 'stop')],
    {
      open: 'bob ✅ approves, bob 🛑 objects',
      holding: 'bob 🛑 stops, settled stopped bob',
      standing: 'bob 🛑 stops, settled stopped bob',
      settled: 'bob 🛑 settled',
    },
  ],
  [
    'bob ✅ and bob ❌',
    [yes, reaction(bob, 'deny')],
    {
      open: 'bob ✅ approves, bob ❌ denies, settled denied bob',
      holding: 'bob ❌ denies, settled denied bob',
      standing: 'bob ❌ denies, settled denied bob',
      settled: 'bob ❌ settled',
    },
  ],
  [
    'bob ✅ a guest 🛑',
    [yes, reaction(dave, 'stop', voter(dave, { standing: 'guest' }))],
    {
      open: 'bob ✅ approves, dave 🛑 guest, held',
      holding: 'dave 🛑 guest',
      standing: 'dave 🛑 guest',
      settled: 'dave 🛑 settled',
    },
  ],
  [
    'bob ✅ carol 👍',
    [yes, reaction(carol, 'mistaken')],
    {
      open: 'bob ✅ approves, carol 👍 not-a-vote, held',
      holding: 'carol 👍 not-a-vote',
      standing: 'carol 👍 not-a-vote',
      settled: 'carol 👍 settled',
    },
  ],
  [
    'bob 👍',
    [reaction(bob, 'mistaken')],
    {
      open: 'bob 👍 not-a-vote',
      holding: 'bob ✅ off, bob 👍 not-a-vote, released',
      standing: 'bob ✅ off, bob 👍 not-a-vote, settled taken-back bob',
      settled: 'bob ✅ off, bob 👍 settled',
    },
  ],
  // Before the second call that is judged by the one who sends it; until then nobody has taken anything back.
  [
    'bob ✅, an approver no more',
    [lost({ entitled: false })],
    {
      open: 'bob ✅ not-entitled',
      holding: 'bob ✅ not-entitled, released',
      standing: 'bob ✅ not-entitled',
      settled: '-',
    },
  ],
  [
    'bob ✅, a guest by now',
    [lost({ standing: 'guest' })],
    { open: 'bob ✅ guest', holding: 'bob ✅ guest, released', standing: 'bob ✅ guest', settled: '-' },
  ],
  [
    'bob ✅, his account is off',
    [lost({ standing: 'deactivated' })],
    {
      open: 'bob ✅ deactivated',
      holding: 'bob ✅ deactivated, released',
      standing: 'bob ✅ deactivated',
      settled: '-',
    },
  ],
  [
    'bob ✅, who turns out to be alice',
    [lost({ key: keyed(alice).key })],
    {
      open: 'bob ✅ own-vote',
      holding: 'bob ✅ own-vote, released',
      standing: 'bob ✅ own-vote',
      settled: '-',
    },
  ],
  [
    'bob ✅, whom Slack knows no more',
    [reaction(bob, 'approve', { kind: 'nobody' })],
    { open: 'bob ✅ nobody', holding: 'bob ✅ nobody, released', standing: 'bob ✅ nobody', settled: '-' },
  ],
  [
    'bob ✅, not known now',
    [reaction(bob, 'approve', unknownVoter)],
    { open: 'bob ✅ later', holding: '-', standing: '-', settled: '-' },
  ],
  [
    'bob ✅ carol ✅, she is not known now',
    [yes, reaction(carol, 'approve', unknownVoter)],
    {
      open: 'bob ✅ approves, carol ✅ later, held',
      holding: 'carol ✅ later',
      standing: 'carol ✅ later',
      settled: 'carol ✅ settled',
    },
  ],
  // Nothing leaves on it either: see mayLeave.
  [
    'bob ✅ carol ❌, she is not known now',
    [yes, reaction(carol, 'deny', unknownVoter)],
    {
      open: 'bob ✅ approves, carol ❌ later, held',
      holding: 'carol ❌ later',
      standing: 'carol ❌ later',
      settled: 'carol ❌ settled',
    },
  ],
];

describe('a reading of the reactions', () => {
  it.each(
    table.flatMap(([marks, ballots, row]) =>
      statuses.map((status) => [marks, status, row[status], ballots] as const),
    ),
  )('%s, while %s: %s', (_, status, meaning, ballots) => {
    expect(read(before[status], ballots)).toBe(meaning);
  });

  it('has a cell for every mark by every kind of status', () => {
    const marks = new Set(table.flatMap(([, ballots]) => ballots.map(({ mark }) => mark)));
    expect([...marks].sort()).toEqual(Object.keys(signs).sort());
    for (const [, , row] of table) expect(Object.keys(row).sort()).toEqual([...statuses].sort());
  });

  it.each(table.flatMap(([marks, ballots]) => statuses.map((status) => [marks, status, ballots] as const)))(
    'yields nothing when it is read again: %s, while %s',
    (_, status, ballots) => {
      expect(read(afterReading(before[status], ballots), ballots, 80)).toBe('-');
    },
  );

  // It was asked at noon, ran out at one, and what bob agreed to by then waits until six.
  it.each<[string, Reading['ballots'], string]>([
    ['bob ✅', [yes], '-'],
    ['bob ✅ carol ✅', [yes, reaction(carol)], 'carol ✅ expired'],
    ['bob ✅ carol ❌', [yes, reaction(carol, 'deny')], 'carol ❌ denies, settled denied carol'],
    ['bob ✅ dave 🛑', [yes, reaction(dave, 'stop')], 'dave 🛑 stops, settled stopped dave'],
    ['nothing', [], 'bob ✅ off, released, settled expired'],
  ])('goes on stopping what waits for its hour, after its expiry: %s', (_, ballots, meaning) => {
    const waiting = { ...before.holding, hour: { at: at(6 * 3_600), zone: null } };
    expect(read(waiting, ballots, 2 * 3_600)).toBe(meaning);
  });

  it('holds what is agreed to until its hour', () => {
    const hour = { at: at(6 * 3_600), zone: null };
    expect(afterReading({ ...before.open, hour }, [yes]).state).toMatchObject({ until: hour.at });
  });

  it('counts for nothing in a channel that is shared with others', () => {
    expect(read(before.open, [yes], 70, { shared: true })).toBe('bob ✅ shared-channel');
    expect(read(before.holding, [yes], 70, { shared: true })).toBe('bob ✅ shared-channel, released');
    expect(read(before.holding, [yes, reaction(carol, 'stop')], 70, { shared: true })).toBe(
      'bob ✅ shared-channel, carol 🛑 shared-channel, released',
    );
  });
});
