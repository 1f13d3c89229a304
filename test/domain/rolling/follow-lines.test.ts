import { describe, expect, it } from '@jest/globals';
import type { Drain, DrainEnd } from '../../../src/domain/drain.ts';
import { drainId, seconds } from '../../../src/domain/ids.ts';
import type { Reactivation } from '../../../src/domain/reactivation.ts';
import { newsOfLines } from '../../../src/domain/rolling/follow-lines.ts';
import type { RollingLineState, RollingRun, RollingThen } from '../../../src/domain/rolling.ts';
import { reactivation, reactivationStates } from '../../support/reactivation-samples.ts';
import * as s from '../../support/rolling-samples.ts';
import { alice, at, drain, inDraining, inGrace, states } from '../../support/samples.ts';

const wait: RollingThen = { do: 'wait' };
const back: RollingThen = { do: 'reactivate', after: seconds(0) };
const markGone: RollingThen = { do: 'mark-gone' };
const marking: RollingLineState = { is: 'marking', drain: drainId(7) };
const cancelled: Partial<RollingRun> = { phase: { at: 'giving-back', by: alice } };

const ended = (end: DrainEnd, drainedAt: Drain['state'] | null = states.drained): Drain =>
  drain({ state: { status: 'ended', at: at(90), end, drainedAt: drainedAt === null ? null : at(60) } });
const isBack = reactivation({
  state: { status: 'ended', at: at(90), end: { kind: 'active', agentNotAsked: null } },
});
const isNotBack = reactivation({ state: { status: 'ended', at: at(90), end: { kind: 'not-applied' } } });
const stuckAt = (toldAt: number): Drain =>
  drain({ state: inDraining({ waiting: { cause: inGrace, since: at(1), toldAt: at(toldAt) } }) });

/** In short; null: no news. */
function news(
  line: RollingLineState,
  record: Drain | Reactivation | null,
  afterwards: RollingThen,
  run: Partial<RollingRun> = {},
): string | null {
  const plan = s.rolling(
    [line, s.away],
    { phase: { at: 'wave', wave: 1, since: at(0) }, ...run },
    { afterwards },
  );
  const records = {
    drain: () => (record !== null && 'way' in record ? record : null),
    reactivation: () => (record !== null && !('way' in record) ? record : null),
  };
  const [event] = newsOfLines(plan, records, at(100));
  if (event === undefined) return null;
  if (event.type === 'halted') return `halted ${event.why.code}`;
  if (event.type !== 'line-moved') return event.type;
  const { to } = event;
  if (to.is === 'failed') return `failed ${to.why.code === 'ended-otherwise' ? to.why.end : to.why.code}`;
  return to.is === 'done' ? `done ${to.how}` : to.is;
}

describe('what the record of a line means for it', () => {
  it.each<[string, RollingLineState, Drain | Reactivation | null, RollingThen, string | null]>([
    ['a drain under way', s.draining, drain({ state: states.draining }), wait, null],
    ['a drain of unknown fate', s.draining, drain({ state: states.checking }), wait, null],
    ['drained, and that was all', s.draining, drain({ state: states.drained }), wait, 'done drained'],
    ['drained, and to come back', s.draining, drain({ state: states.drained }), back, 'drained'],
    ['drained, and to be marked gone', s.draining, drain({ state: states.drained }), markGone, 'drained'],
    ['drained, as it was', s.drained, drain({ state: states.drained }), back, null],
    ['a drain that was rejected', s.draining, ended({ kind: 'not-applied' }, null), wait, 'kept-away'],
    ['drained, and closed between two looks', s.draining, ended({ kind: 'removed' }), wait, 'done drained'],
    ['drained, and put back by anybody', s.drained, ended({ kind: 'reactivated' }), back, 'done back'],
    [
      'put back before it was empty',
      s.draining,
      ended({ kind: 'reactivated' }, null),
      back,
      'failed reactivated',
    ],
    ['drained, and gone instead of back', s.drained, ended({ kind: 'removed' }), back, 'failed removed'],
    ['gone, as it was to be', marking, ended({ kind: 'gone', goneAt: at(80) }), markGone, 'done gone'],
    [
      'put back while it was to be gone',
      marking,
      ended({ kind: 'reactivated' }),
      markGone,
      'failed reactivated',
    ],
    ['a record that is not there', s.draining, null, wait, 'failed lost'],
    ['a return under way', s.returning, reactivation({ state: reactivationStates.confirming }), back, null],
    ['a return that came about', s.returning, isBack, back, 'done back'],
    ['what was only kept away, in service again', s.givingBack, isBack, wait, 'given-back'],
    ['a return without effect', s.returning, isNotBack, back, 'failed return-ended'],
  ])('%s', (_, line, record, afterwards, expected) => {
    expect(news(line, record, afterwards)).toBe(expected);
  });

  it('is that what is drained stays out of service, once the plan was cancelled', () => {
    expect(news(s.draining, drain({ state: states.drained }), back, cancelled)).toBe('done drained');
    expect(news(s.draining, drain({ state: states.drained }), markGone, cancelled)).toBe('done drained');
  });
});

describe('a drain that nothing came of', () => {
  const vain = ended({ kind: 'not-applied' }, null);
  const records = { drain: () => vain, reactivation: () => null };
  const others: RollingLineState = { is: 'draining', drain: drainId(7), others: true };

  it('leaves the agent kept away, and halts the plan before it is tried again', () => {
    const plan = s.rolling([s.draining], { phase: { at: 'wave', wave: 1, since: at(0) } });
    expect(newsOfLines(plan, records, at(100))).toMatchObject([
      { to: { is: 'kept-away', ours: true, leftOut: null } },
      { type: 'halted', why: { code: 'line-failed', why: { end: 'not-applied' } } },
    ]);
  });

  it('is given back by a plan that was cancelled, where the plan had kept it away', () => {
    expect(news(s.draining, vain, wait, cancelled)).toBe('kept-away');
    expect(news(others, vain, wait, cancelled)).toBe('dropped');
  });
});

describe('a stuck drain', () => {
  it('halts its plan when people are told of it', () => {
    expect(news(s.draining, stuckAt(50), wait)).toBe('halted stuck');
  });

  it('does not halt it again for what was told before somebody had it go on', () => {
    expect(news(s.draining, stuckAt(50), wait, { resumedAt: at(60) })).toBeNull();
    expect(news(s.draining, stuckAt(70), wait, { resumedAt: at(60) })).toBe('halted stuck');
  });

  it('halts nothing that is halted or cancelled', () => {
    const halt = { since: at(10), why: { code: 'paused' as const, by: alice } };
    expect(news(s.draining, stuckAt(50), wait, { halt })).toBeNull();
    expect(news(s.draining, stuckAt(50), wait, cancelled)).toBeNull();
  });
});
