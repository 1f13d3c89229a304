import { describe, expect, it } from '@jest/globals';
import {
  type Anchor,
  acceptedUpTo,
  type OwnLog,
  setbackOf,
  thatCount,
  withMore,
} from '../../src/domain/anchor.ts';
import { databaseId, instant } from '../../src/domain/ids.ts';
import { anchor, hashOf, restored } from '../support/restored-samples.ts';

/** A log of so many entries that has the hashes of `hashOf`, but for those that are given. */
function log(entries: number, others: [number, string][] = []): OwnLog {
  const all = Array.from({ length: entries }, (_, at): [number, string] => [at + 1, hashOf(at + 1)]);
  return {
    database: databaseId('db-1'),
    head: entries === 0 ? null : { seq: entries, hash: hashOf(entries) },
    closedUpTo: 0,
    hashes: new Map([...all, ...others]),
  };
}

const at = (seq: number, over: Partial<Anchor> = {}) =>
  anchor({ seq, hash: hashOf(seq), at: instant(seq * 1_000), drains: seq, approvals: seq, ...over });
/** The same, of which the first `closed` are in an archive; of those the last one's hash is known. */
function continued(entries: number, closed: number, last = hashOf(closed)): OwnLog {
  const own = log(entries);
  const hashes = [...own.hashes].filter(([seq]) => seq > closed);
  return { ...own, closedUpTo: closed, hashes: new Map([...hashes, [closed, last]]) };
}
const other = { database: databaseId('db-2') };
const fork = { hash: 'f'.repeat(64) };

describe('a log that is held against anchors', () => {
  it.each<[string, OwnLog, Anchor[], string | null, number | null]>([
    ['none: nothing to lack', log(9), [], null, null],
    ['its own, older than its end', log(9), [at(3), at(7)], null, null],
    ['its own end', log(9), [at(9)], null, null],
    ['one past its end', log(9), [at(10)], 'behind', 10],
    ['one, and it is empty', log(0), [at(1)], 'behind', 1],
    ['one of another database', log(9), [at(3, other)], 'another-database', 3],
    ['one of another database, and it is empty', log(0), [at(3, other)], 'another-database', 3],
    ['one with another entry in its place', log(9), [at(4, fork)], 'other-history', 4],
    ['its last one with another hash', log(9), [at(9, fork)], 'other-history', 9],
    // It ran unnoticed for a while: its own newest anchor must not hide the lost part's.
    ['its own newest, beside an older one that it lacks', log(9), [at(5, fork), at(9)], 'other-history', 5],
    ['several that it lacks: the newest is named', log(9), [at(12), at(10), at(11)], 'behind', 12],
    ['a newer one of another database', log(9), [at(12), at(20, other)], 'another-database', 20],
    ['one of an archived entry, for which it can say nothing', continued(9, 5), [at(3, fork)], null, null],
    ['the last archived one', continued(9, 5), [at(5)], null, null],
    ['another in its place', continued(9, 5), [at(5, fork)], 'other-history', 5],
    ['its first after the archive', continued(9, 5), [at(6)], null, null],
    ['an archived one, and one past its end', continued(9, 5), [at(3), at(10)], 'behind', 10],
    ['an archived one of another database', continued(9, 5), [at(3, other)], 'another-database', 3],
  ])('%s', (_, own, anchors, how, seq) => {
    const found = setbackOf(own, anchors);
    expect([found?.how ?? null, found?.anchor.seq ?? null]).toEqual([how, seq]);
  });

  it('knows the highest numbers of the lost part, whichever anchor has them, and none of its own', () => {
    const lost = [
      at(12, { drains: 3, approvals: 9, plans: 1 }),
      at(11, { drains: 7, approvals: 2, plans: 4 }),
    ];
    expect(setbackOf(log(9), [...lost, at(8, { drains: 99, approvals: 99 })])?.numbers).toEqual({
      drains: 7,
      approvals: 9,
      plans: 4,
    });
  });

  it('says where it ended itself', () => {
    expect(setbackOf(log(9), [at(12)])?.head).toEqual({ seq: 9, hash: hashOf(9) });
    expect(setbackOf(log(0), [at(12)])?.head).toBeNull();
  });
});

describe('what was accepted', () => {
  it('takes away the anchors up to then, and none after it', () => {
    const anchors = [at(1), at(2), at(3)];
    expect(thatCount(anchors, null)).toEqual(anchors);
    expect(thatCount(anchors, instant(2_000))).toEqual([at(3)]);
  });

  it('reaches to now, or to the lost part’s newest anchor where its clock was ahead', () => {
    const ahead = { ...restored, anchor: anchor({ at: instant(5_000) }) };
    expect(acceptedUpTo(ahead, instant(4_000))).toBe(5_000);
    expect(acceptedUpTo(ahead, instant(6_000))).toBe(6_000);
  });
});

describe('what is found later', () => {
  const found = { head: null, numbers: { drains: 1, approvals: 50, plans: 5 } };

  it('counts where it is newer', () => {
    const newer = anchor({ at: instant(1_000_001), seq: 500 });
    const more = withMore(restored, { ...found, how: 'another-database', anchor: newer });
    expect(more).toMatchObject({ how: 'another-database', anchor: newer, since: restored.since });
    expect(more.numbers).toEqual({ drains: 20, approvals: 50, plans: 5 });
    expect(more.voided).toEqual(restored.voided);
  });

  it('changes nothing but numbers where it is older', () => {
    const more = withMore(restored, { ...found, how: 'other-history', anchor: anchor({ at: instant(1) }) });
    expect(more).toEqual({ ...restored, numbers: { drains: 20, approvals: 50, plans: 5 } });
  });
});
