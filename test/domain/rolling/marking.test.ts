import { describe, expect, it } from '@jest/globals';
import { isLastCallDue } from '../../../src/domain/approval/plan-steps.ts';
import { drainId, seconds } from '../../../src/domain/ids.ts';
import { newsOfLines } from '../../../src/domain/rolling/follow-lines.ts';
import { othersMayFollow, toMarkGone } from '../../../src/domain/rolling/marking.ts';
import type { RollingLineState, RollingPlan, RollingRun, RollingWork } from '../../../src/domain/rolling.ts';
import { rolling } from '../../support/rolling-samples.ts';
import { alice, at, drain, noon, states } from '../../support/samples.ts';

const proven: RollingLineState = { is: 'drained', drain: drainId(17), at: noon };
const kept: RollingLineState = { is: 'kept-away', since: noon, ours: true, amiss: null, leftOut: null };
const marking: RollingLineState = { is: 'marking', drain: drainId(17) };

const plan = (
  lines: RollingLineState[],
  run: Partial<RollingRun> = {},
  afterwards: RollingWork['afterwards'] = { do: 'mark-gone' },
) => rolling(lines, { phase: { at: 'wave', wave: 1, since: noon }, ...run }, { afterwards });

describe('the agents of a rolling plan that are to be marked gone', () => {
  it.each<[string, RollingPlan, number]>([
    ['those that are proven empty', plan([proven, kept, proven, marking]), 2],
    ['none where none is', plan([kept, marking, { is: 'draining', drain: drainId(17) }]), 0],
    ['none under a halt', plan([proven], { halt: { since: noon, why: { code: 'paused', by: alice } } }), 0],
    ['none once it is cancelled', plan([proven], { phase: { at: 'giving-back', by: alice } }), 0],
    ['none where they are to stay', plan([proven], {}, { do: 'wait' }), 0],
    ['none where they are to come back', plan([proven], {}, { do: 'reactivate', after: seconds(0) }), 0],
  ])('are %s', (_, of, count) => {
    expect([toMarkGone(of).length, isLastCallDue(of)]).toEqual([count, count > 0]);
  });

  it.each<[string, RollingLineState, boolean]>([
    ['waits for its turn', kept, true],
    ['drains', { is: 'draining', drain: drainId(17) }, true],
    ['is proven empty', proven, true],
    ['is being marked gone', marking, false],
    ['is gone', { is: 'done', how: 'gone', drain: drainId(17) }, false],
    ['failed', { is: 'failed', drain: null, why: { code: 'not-applied' } }, false],
  ])('keep the approval standing for another that %s', (_, other, stands) => {
    const of = plan([proven, other]);
    const [first] = of.lines;
    expect(first !== undefined && othersMayFollow(of, first)).toBe(stands);
  });

  it.each<[string, Parameters<typeof drain>[0], string | null]>([
    ['goes on while its call is followed', { state: states.drained, goneNext: true }, null],
    ['failed where its call came to nothing', { state: states.drained, goneNext: false }, 'failed'],
    [
      'is done once it is gone',
      { state: { status: 'ended', at: at(90), end: { kind: 'gone', goneAt: at(89) }, drainedAt: noon } },
      'done',
    ],
  ])('is one that %s', (_, over, to) => {
    const records = { drain: () => drain(over), reactivation: () => null };
    const [moved] = newsOfLines(plan([marking]), records, at(90));
    expect(moved?.type === 'line-moved' ? moved.to.is : null).toBe(to);
  });
});
