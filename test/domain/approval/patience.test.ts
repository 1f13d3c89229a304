import { describe, expect, it } from '@jest/globals';
import {
  endByTime,
  expiryOf,
  isTooOldForSecondCall,
  isWaitDue,
  leavesAt,
} from '../../../src/domain/approval/patience.ts';
import type { ApprovalState } from '../../../src/domain/approval.ts';
import { approval, approvalStates } from '../../support/approval-samples.ts';
import { at, bob } from '../../support/samples.ts';

type In<S extends ApprovalState['status']> = Extract<ApprovalState, { status: S }>;

const { open, standing, settled } = approvalStates;
function held(quorum: number, since = quorum): In<'holding'> {
  return { status: 'holding', quorumAt: at(quorum), since: at(since), until: at(since + 30), by: [bob] };
}
const sixHours = 6 * 3600;
const hour = { at: at(sixHours), zone: null };
const day = 24 * 3600;
const year = 365 * day;

describe('the end that time alone brings', () => {
  // It was asked at noon, and expires an hour later; a call leaves within 15 minutes of its quorum.
  it.each<[string, ApprovalState, number, string]>([
    ['open, long before', open, 0, '-'],
    ['open, a millisecond before it expires', open, 3_599.999, '-'],
    ['open, when it expires', open, 3_600, 'expired'],
    ['open, long after', open, year, 'expired'],
    ['held, at once', held(60), 60, '-'],
    ['held, when its call could have left', held(60), 90, '-'],
    ['held for 15 minutes to the millisecond', held(60), 960, '-'],
    ['held for a millisecond more', held(60), 960.001, 'late'],
    ['held for a millisecond less than until it expires', held(3_000), 3_599.999, '-'],
    ['held until it expires', held(3_590), 3_600, 'expired'],
    // A question that runs out says so before anything else.
    ['held for too long, and expired', held(60), 3_600, 'expired'],
    ['held anew just now, on votes of 15 minutes ago', held(60, 955), 960.001, 'late'],
    ['standing when it would have expired', standing, 3_600, '-'],
    ['standing for days', standing, year, '-'],
    ['settled', settled, year, '-'],
  ])('of a question that is %s (%j, after %d s): %s', (_, state, seconds, end) => {
    expect(endByTime(approval({ state }), at(seconds))?.how ?? '-').toBe(end);
  });

  // What waits for its hour, here six hours after it was asked, does not run out once it is agreed to.
  it.each<[string, ApprovalState, number, string]>([
    ['open when it expires', open, 3_600, 'expired'],
    ['held when it would have expired', held(60), 3_600, '-'],
    ['held when its hour comes', held(60), sixHours, '-'],
    ['held 15 minutes after it', held(60), sixHours + 900, '-'],
    ['held a millisecond longer', held(60), sixHours + 900.001, 'late'],
    ['held anew at its hour', held(60, sixHours + 899), sixHours + 900.001, 'late'],
  ])('of a question that waits for its hour, and is %s (%j, after %d s): %s', (_, state, seconds, end) => {
    expect(endByTime(approval({ state, hour }), at(seconds))?.how ?? '-').toBe(end);
  });

  it.each([
    ['a hold of its own', undefined, 60, 90],
    ['until its hour', hour, 60, sixHours],
    ['a hold of its own, right before that', hour, sixHours - 1, sixHours + 29],
  ])('lets what is agreed to leave after %s', (_, of, quorum, leaves) => {
    expect(leavesAt({ ...(of === undefined ? {} : { hour: of }) }, at(quorum), 30_000)).toBe(at(leaves));
  });

  it('lets a question run out at the hour that it is for, or before', () => {
    expect(expiryOf(at(0), 3_600_000, hour)).toBe(at(3_600));
    expect(expiryOf(at(sixHours - 60), 3_600_000, hour)).toBe(at(sixHours));
  });

  it('names the limit that was passed', () => {
    expect(endByTime(approval({ state: held(60) }), at(961))).toEqual({ how: 'late', limit: 900 });
  });
});

describe('the votes behind a second call', () => {
  it.each<[string, ApprovalState, number, boolean]>([
    ['a day old to the millisecond', standing, 60 + day, false],
    ['a millisecond older', standing, 60 + day + 0.001, true],
    ['as old, however late the drain began', { ...standing, since: at(day) }, 60 + day + 1, true],
    ['of a hold', held(60), year, false],
    ['of an open question', open, year, false],
    ['of a settled one', settled, year, false],
  ])('%s: %j after %d s: too old is %s', (_, state, seconds, tooOld) => {
    expect(isTooOldForSecondCall(approval({ state }), at(seconds))).toBe(tooOld);
  });
});

describe('the votes of one that waited for its hour', () => {
  it('are as old as that', () => {
    const waited = approval({ state: standing, hour });
    expect(isTooOldForSecondCall(waited, at(sixHours + day))).toBe(false);
    expect(isTooOldForSecondCall(waited, at(sixHours + day + 1))).toBe(true);
  });
});

describe('a second call that can not be judged', () => {
  it.each([
    ['just now', null, 1, false],
    ['for less than two minutes', null, 119, false],
    ['for two minutes', null, 120, true],
    ['and told less than an hour ago', 120, 120 + 3_599, false],
    ['and told an hour ago', 120, 120 + 3_600, true],
    ['for more than a day, and told an hour ago', day, day + 3_600, false],
    ['for more than a day, and told a day ago', day, 2 * day, true],
  ])('%s (told at %j, after %d s): to be told is %s', (_, told, seconds, due) => {
    expect(isWaitDue({ since: at(0), toldAt: told === null ? null : at(told) }, at(seconds))).toBe(due);
  });
});
