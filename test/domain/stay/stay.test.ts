import { describe, expect, it } from '@jest/globals';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { narrate } from '../../../src/domain/drain/narrate.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import { seconds } from '../../../src/domain/ids.ts';
import { dueOn, outSince, outUntil, type Stay } from '../../../src/domain/stay/stay.ts';
import { alice, at, bob, drain, inDraining, leader, states } from '../../support/samples.ts';

const [hour, day] = [3_600, 86_400];
const twoHours: Stay = { outFor: { seconds: seconds(2 * hour), by: alice }, toldAt: null };
/** Proven a minute after noon; a deactivation was taken at noon. */
const out = (stay: Stay | null, over: Partial<Drain> = {}) =>
  drain({ state: states.drained, ...over, ...(stay === null ? {} : { stay }) });
const told = (secondsAfterNoon: number, stay: Stay = { outFor: null, toldAt: null }): Stay => ({
  ...stay,
  toldAt: at(secondsAfterNoon),
});

describe('since when an agent is out of service', () => {
  it.each<[string, Partial<Drain>, number | null]>([
    ['a drain counts from its proof', { state: states.drained }, 60],
    ['one that still drains is not out yet', { state: inDraining() }, null],
    ['one with a second call to come waits for that', { state: states.drained, goneNext: true }, null],
    ['a deactivation counts from when it was taken', { way: 'deactivate', state: inDraining() }, 0],
    ['also once it is empty', { way: 'deactivate', state: states.drained }, 0],
    [
      'a deactivation that may not have been taken counts not',
      { way: 'deactivate', state: states.checking },
      null,
    ],
    ['what has ended is over', { state: states.ended }, null],
  ])('%s', (_, over, since) => {
    expect(outSince(drain(over))).toBe(since === null ? null : at(since));
  });
});

describe('what is due on an agent that is out of service', () => {
  const rules = { afterWindow: 'reactivate', remindAfterMs: day * 1000 } as const;
  const nothing = (until: number) => ({ what: 'nothing', until: at(until) });
  const forgotten = { what: 'remind', why: 'forgotten' };
  const end = 60 + 2 * hour;
  it.each<[string, Drain, number, unknown]>([
    ['before its time is over: nothing', out(twoHours), end - 1, nothing(end)],
    ['at its hour it is brought back', out(twoHours), end, { what: 'return', hour: at(end) }],
    ['15 minutes later still', out(twoHours), end + 900, { what: 'return', hour: at(end) }],
    ['later than that: people are told', out(twoHours), end + 901, { what: 'remind', why: 'late' }],
    ['once its return was begun: nothing for a day', out(told(end, twoHours)), end + 5, nothing(end + day)],
    ['and then it is forgotten', out(told(end, twoHours)), end + day, forgotten],
    ['without a time: nothing for a day', out(null), 60 + day - 1, nothing(60 + day)],
    ['then people are reminded', out(null), 60 + day, forgotten],
    ['the next day again', out(told(60 + day)), 60 + 2 * day, forgotten],
    ['not before', out(told(60 + day)), 60 + 2 * day - 1, nothing(60 + 2 * day)],
    ['after a week weekly', out(told(60 + 7 * day)), 60 + 8 * day, nothing(60 + 14 * day)],
    [
      'a time of ten days is no forgetting',
      out({ ...twoHours, outFor: { seconds: seconds(10 * day), by: alice } }),
      60 + 9 * day,
      nothing(60 + 10 * day),
    ],
    [
      'what is not out: nothing, ever',
      drain({ state: inDraining(), stay: twoHours }),
      9 * day,
      { what: 'nothing', until: null },
    ],
  ])('%s', (_, which, now, due) => {
    expect(dueOn(which, rules, at(now))).toEqual(due);
  });

  it('leaves the return to people where the policy says so, also late', () => {
    const remind = { ...rules, afterWindow: 'remind' } as const;
    for (const now of [end, end + day])
      expect(dueOn(out(twoHours), remind, at(now))).toEqual({ what: 'remind', why: 'by-policy' });
  });

  it('reminds nobody where the policy wants no reminders, but of a time that is over', () => {
    const never = { ...rules, remindAfterMs: null };
    expect(dueOn(out(null), never, at(99 * day))).toEqual({ what: 'nothing', until: null });
    expect(dueOn(out(twoHours), never, at(99 * day))).toMatchObject({ why: 'late' });
  });
});

describe('a time out of service that is changed', () => {
  const set = { type: 'stay-set', at: at(60), outFor: { seconds: seconds(hour), by: bob } } as const;

  it('is due anew, also where people were reminded before', () => {
    const after = evolve(out(told(30, twoHours)), set);
    expect(after.stay).toEqual({ outFor: { seconds: hour, by: bob }, toldAt: null });
    expect(outUntil(after)).toBe(at(60 + hour));
  });

  it('is told and reminds whoever had it changed', () => {
    const after = evolve(out(twoHours), set);
    const reminder = { why: 'by-policy' } as const;
    expect(narrate(after, after, { type: 'reminded', at: at(end()), reminder }).say?.notice).toMatchObject({
      kind: 'stay',
      about: { requester: bob.userId, since: at(60), until: at(60 + hour) },
    });
  });

  it('is told with the proof', () => {
    const proven = { type: 'drained', at: at(60), leader, proof: { by: 'master-and-agent' } } as const;
    const [before, after] = [drain({ state: inDraining(), stay: twoHours }), out(twoHours)];
    expect(narrate(before, after, proven).say?.notice).toMatchObject({ kind: 'drained', until: at(end()) });
  });

  function end() {
    return 60 + 2 * hour;
  }
});
