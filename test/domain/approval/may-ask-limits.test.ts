import { describe, expect, it } from '@jest/globals';
import type { MasterDrain } from '../../../src/domain/agent.ts';
import type { Act } from '../../../src/domain/approval.ts';
import { agentId, drainId, seconds } from '../../../src/domain/ids.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import { drain, drained, draining, preview, shows, states, unreachable } from '../../support/samples.ts';
import { acts, type Case, inShort, judge, type Kind } from './objections.ts';

describe('the limits of drains', () => {
  const others = [1, 2].map((n) =>
    drain({ id: drainId(n), agentId: agentId(`other-S${n}`), attributes: {}, state: states.draining }),
  );

  it.each<[Kind, string]>([
    ['drain', 'limit-reached'],
    ['then gone', 'limit-reached'],
    ['unattended', 'limit-reached'],
    ['mark gone, now', '-'],
  ])('hold for %s as for any drain that begins: %s', (kind, objections) => {
    expect(inShort(judge({ act: acts[kind], work: { drains: others }, atOnce: 2 }))).toBe(objections);
  });

  it('do not hold for a drain that is under way already', () => {
    const ours = drain({ state: states.draining });
    const seen = shows(draining);
    expect(judge({ seen, work: { drains: [...others, ours] }, atOnce: 3 })).toEqual([]);
    expect(judge({ seen, work: { drains: others }, atOnce: 2 })).toEqual([]);
  });
});

describe('a machine in the maintenance schedule', () => {
  const looked = preview({ scheduled: { known: true, value: 'agent3.example 10.0.0.3' } });
  const ours = drain({ state: states.drained });

  // Source: mesos-api 1.1: the master answers 400 to any DRAIN_AGENT of a registered agent whose machine is scheduled.
  it.each<[string, Case]>([
    ['a drain', { act: acts.drain }],
    ['the first of two calls', {}],
    ['the single call', { act: acts.unattended }],
    ['the second of two, after our own drain', { seen: shows(drained), work: { drained: [ours] } }],
    ['the second of two, after somebody else’s drain', { seen: shows(drained) }],
  ])('is not to be asked for what the master will refuse: %s', (_, given) => {
    expect(inShort(judge({ ...given, looked }))).toBe('scheduled-for-maintenance');
  });

  it('can be marked gone: that call knows no schedule', () => {
    expect(judge({ act: acts['mark gone, now'], looked })).toEqual([]);
  });
});

describe('the grace that both calls carry', () => {
  const ours = (maxGrace: number | null) =>
    drain({ state: states.draining, maxGrace: maxGrace === null ? null : seconds(maxGrace) });
  const showing = (maxGraceNs: number | null): MasterDrain => ({ ...draining, maxGraceNs });

  it.each<[number | null, number | null, object | null]>([
    [null, 600, null],
    [600, 600, null],
    [null, null, null],
    [0, 0, null],
    [60, 600, { code: 'grace-differs', drain: 17, shownSeconds: 600 }],
    [600, null, { code: 'grace-differs', drain: 17, shownSeconds: null }],
    [0, 600, { code: 'grace-differs', drain: 17, shownSeconds: 600 }],
  ])('asked for %s s where our own drain has %s s', (asked, there, objection) => {
    const act: Act = { kind: 'drain-then-gone', maxGrace: asked === null ? null : seconds(asked) };
    const seen = shows(showing(there === null ? null : there * 1e9));
    expect(judge({ act, seen, work: { drains: [ours(there)] } })).toMatchObject(
      objection === null ? [] : [objection],
    );
  });

  it.each<[number | null, number | null, object | null]>([
    [null, 600e9, null],
    [600, 600e9, null],
    [null, null, null],
    [0, 0, null],
    [60, 600e9, { code: 'grace-differs', drain: null, shownSeconds: 600 }],
    [600, null, { code: 'grace-differs', drain: null, shownSeconds: null }],
    // It could not be sent again exactly, so the second call would change the drain.
    [null, 1.5e9, { code: 'grace-differs', drain: null, shownSeconds: 1.5 }],
    [600, 1.5e9, { code: 'grace-differs', drain: null, shownSeconds: 1.5 }],
    [null, -5e9, { code: 'grace-differs', drain: null, shownSeconds: -5 }],
  ])('asked for %s s where somebody else’s drain has %s ns', (asked, there, objection) => {
    const act: Act = { kind: 'drain-then-gone', maxGrace: asked === null ? null : seconds(asked) };
    expect(judge({ act, seen: shows(showing(there)) })).toMatchObject(objection === null ? [] : [objection]);
  });
});

describe('an agent that is to be marked gone at once', () => {
  const task = preview().groups;
  it.each<[string, boolean, Preview['groups'], object | null]>([
    ['tasks', false, task, { code: 'alive-with-tasks', tasks: 1 }],
    ['no tasks', false, { known: true, value: [] }, null],
    // Not known is never none.
    ['nobody knows what', false, { known: false, why: '403' }, { code: 'alive-with-tasks', tasks: null }],
    ['tasks, and it is meant', true, task, null],
    ['nobody knows what, and it is meant', true, { known: false, why: '403' }, null],
  ])('alive, with %s (now: %s)', (_, now, groups, objection) => {
    expect(judge({ act: { kind: 'mark-gone', now }, looked: preview({ groups }) })).toMatchObject(
      objection === null ? [] : [objection],
    );
  });

  it('counts the tasks of all frameworks', () => {
    if (!task.known) throw new Error('the sample preview knows its tasks');
    const groups: Preview['groups'] = { known: true, value: [...task.value, ...task.value, ...task.value] };
    expect(judge({ act: acts['mark gone'], looked: preview({ groups }) })).toMatchObject([{ tasks: 3 }]);
  });

  it('may be dead, whatever it ran', () => {
    expect(judge({ act: acts['mark gone'], seen: unreachable({ drain: null }) })).toEqual([]);
  });
});
