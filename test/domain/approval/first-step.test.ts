import { describe, expect, it } from '@jest/globals';
import type { MasterDrain, MasterSighting } from '../../../src/domain/agent.ts';
import {
  canBeRepeated,
  type FirstStep,
  firstStepOf,
  withGraceOf,
} from '../../../src/domain/approval/first-step.ts';
import type { Act } from '../../../src/domain/approval.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import { drainId, seconds } from '../../../src/domain/ids.ts';
import {
  absent,
  at,
  drain,
  drained,
  draining,
  leader,
  notRead,
  shows,
  states,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

const acts = {
  drain: { kind: 'drain', maxGrace: null },
  'drain-then-gone': { kind: 'drain-then-gone', maxGrace: null },
  'drain-unattended': { kind: 'drain-unattended', maxGrace: null },
  'mark-gone': { kind: 'mark-gone', now: true },
} satisfies Record<string, Act>;
const thenGone = acts['drain-then-gone'];

const sightings = {
  'in service': shows(null),
  DRAINING: shows(draining),
  DRAINED: shows(drained),
  recovered: { kind: 'recovered', leader },
  'unreachable, DRAINING': unreachable(),
  gone: { kind: 'gone', leader, at: at(1) },
  absent: absent(),
  unexplained,
  'not read': notRead,
} satisfies Record<string, MasterSighting>;

const open = drain({ id: drainId(5), state: states.draining });
const done = drain({ id: drainId(6), state: states.drained });
const older = drain({ id: drainId(4), state: states.drained });

function inShort(step: FirstStep): string {
  if (step.step === 'ours') return `ours d${step.drain.id}`;
  return step.step === 'adopt' ? `adopt ${step.maxGrace ?? 'no'} grace` : step.step;
}

/** What is seen × our own drains of it; only a drain that becomes a mark gone goes on from one. */
const table: Record<keyof typeof sightings, string> = {
  'in service': 'call',
  DRAINING: 'adopt 600 grace',
  DRAINED: 'adopt 600 grace',
  recovered: 'call',
  'unreachable, DRAINING': 'call',
  gone: 'call',
  absent: 'call',
  unexplained: 'call',
  'not read': 'call',
};
const looks = Object.keys(sightings) as (keyof typeof sightings)[];
const kinds = Object.keys(acts) as (keyof typeof acts)[];

describe('how an act begins', () => {
  it.each(
    looks.flatMap((look) =>
      kinds.map((kind) => [kind, look, kind === 'drain-then-gone' ? table[look] : 'call'] as const),
    ),
  )('%s of an agent that is %s: %s', (kind, look, step) => {
    expect(inShort(firstStepOf(acts[kind], sightings[look], []))).toBe(step);
  });

  it.each(kinds.map((kind) => [kind, kind === 'drain-then-gone' ? 'ours d5' : 'call'] as const))(
    '%s of an agent that we drain ourselves: %s',
    (kind, step) => {
      expect(inShort(firstStepOf(acts[kind], shows(draining), [open]))).toBe(step);
    },
  );

  it.each<[string, Drain[], string]>([
    ['the open one before a proven one', [done, open], 'ours d5'],
    ['the open one before a proven one, in any order', [open, done], 'ours d5'],
    ['the latest of the proven ones', [older, done], 'ours d6'],
    ['one whose call is on its way', [drain({ id: drainId(7) })], 'ours d7'],
    ['one whose call’s fate is unknown', [drain({ id: drainId(8), state: states.checking })], 'ours d8'],
  ])('goes on from %s', (_, drains, step) => {
    expect(inShort(firstStepOf(thenGone, shows(drained), drains))).toBe(step);
  });

  it.each<[string, MasterSighting, Drain[], string]>([
    ['changed by somebody else', shows({ ...draining, maxGraceNs: 60e9 }), [open], 'adopt 60 grace'],
    ['marked to be gone by somebody else', shows({ ...drained, markGone: true }), [done], 'adopt 600 grace'],
    ['that the master shows no more', shows(null), [open], 'call'],
    ['whose agent is away', unreachable(), [open], 'call'],
    [
      'that is not the latest, which was changed',
      shows(drained),
      [older, drain({ ...done, maxGrace: null })],
      'adopt 600 grace',
    ],
  ])('does not go on from a drain of ours %s', (_, seen, drains, step) => {
    expect(inShort(firstStepOf(thenGone, seen, drains))).toBe(step);
  });

  it.each<[string, Partial<MasterDrain>, string]>([
    ['no grace', { maxGraceNs: null }, 'adopt no grace'],
    ['a grace of nothing', { maxGraceNs: 0 }, 'adopt 0 grace'],
    ['whole seconds', { maxGraceNs: 90e9 }, 'adopt 90 grace'],
    // Such a one is refused before: it could not be sent again.
    ['a fraction of a second', { maxGraceNs: 1.5e9 }, 'adopt no grace'],
    ['less than nothing', { maxGraceNs: -5e9 }, 'adopt no grace'],
  ])('follows somebody else’s drain with %s', (_, shown, step) => {
    expect(inShort(firstStepOf(thenGone, shows({ ...draining, ...shown }), []))).toBe(step);
  });
});

describe('a grace', () => {
  it.each([
    [0, true],
    [1e9, true],
    [600e9, true],
    [9_223_372_036e9, true],
    [9_223_372_037e9, false],
    [-1e9, false],
    [1, false],
    [1.5e9, false],
    [600_000_000_001, false],
  ])('of %d ns can be sent again exactly: %s', (ns, can) => {
    expect(canBeRepeated(ns)).toBe(can);
  });
});

describe('an act with the grace of the drain that it goes on from', () => {
  const mine: Act = { kind: 'drain-then-gone', maxGrace: seconds(60) };

  it.each<[string, FirstStep, number | null]>([
    ['a call keeps its own', { step: 'call' }, 60],
    ['our drain’s', { step: 'ours', drain: open }, 600],
    ['our drain’s, which has none', { step: 'ours', drain: drain({ maxGrace: null }) }, null],
    ['the one that is followed', { step: 'adopt', maxGrace: seconds(90) }, 90],
    ['the one that is followed, without one', { step: 'adopt', maxGrace: null }, null],
  ])('%s', (_, first, maxGrace) => {
    expect(withGraceOf(mine, first)).toEqual({ kind: 'drain-then-gone', maxGrace });
  });

  it.each(['drain', 'drain-unattended', 'mark-gone'] as const)('%s goes on from nothing', (kind) => {
    expect(withGraceOf(acts[kind], { step: 'ours', drain: open })).toEqual(acts[kind]);
  });
});
