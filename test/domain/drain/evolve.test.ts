import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AgentSighting, MasterSighting, Sighting } from '../../../src/domain/agent.ts';
import type { Amendment } from '../../../src/domain/drain/amendment.ts';
import type { Cause } from '../../../src/domain/drain/cause.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { noNudges } from '../../../src/domain/drain/nudge.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import { judging } from '../../../src/domain/drain/proof.ts';
import type { Drain, DrainEvent, DrainState } from '../../../src/domain/drain.ts';
import { approvalId, seconds } from '../../../src/domain/ids.ts';
import {
  absent,
  agent,
  alice,
  asked,
  at,
  drain,
  drained,
  draining,
  foreign,
  inDraining,
  inGrace,
  leader,
  newerAgent,
  notAsked,
  notRead,
  otherLeader,
  shows,
  states,
  takingBack,
  task,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

const overdue: Cause = { code: 'tasks-overdue', by: 'agent', tasks: [], count: 4, since: null };

/** One of each event, and the statuses that it may follow. */
const events: { [T in DrainEvent['type']]: [Extract<DrainEvent, { type: T }>, DrainState['status'][]] } = {
  'call-accepted': [{ type: 'call-accepted', at: at(9), master: leader }, ['calling', 'checking']],
  'call-rejected': [{ type: 'call-rejected', at: at(9), httpStatus: 400, body: 'no' }, ['calling']],
  'call-unknown': [{ type: 'call-unknown', at: at(9), why: 'no answer' }, ['calling']],
  'effect-seen': [{ type: 'effect-seen', at: at(9), leader }, ['calling', 'checking']],
  'no-effect-seen': [{ type: 'no-effect-seen', at: at(9), leader }, ['checking']],
  progressed: [{ type: 'progressed', at: at(9), left: 2, quarter: 2 }, ['draining']],
  'framework-left': [{ type: 'framework-left', at: at(9), framework: 'f' }, ['draining']],
  'framework-slow': [{ type: 'framework-slow', at: at(9), framework: 'f', left: 2 }, ['draining']],
  'looked-again': [{ type: 'looked-again', at: at(9), from: at(1) }, ['draining', 'drained']],
  waiting: [{ type: 'waiting', at: at(9), cause: overdue, tell: true }, ['checking', 'draining']],
  'moving-again': [{ type: 'moving-again', at: at(9), was: overdue }, ['draining']],
  'drained-seen': [{ type: 'drained-seen', at: at(9), leader }, ['draining']],
  'drained-unseen': [{ type: 'drained-unseen', at: at(9) }, ['draining']],
  'absent-seen': [{ type: 'absent-seen', at: at(9), leader }, ['draining', 'drained']],
  'listed-again': [{ type: 'listed-again', at: at(9) }, ['draining', 'drained']],
  drained: [{ type: 'drained', at: at(9), leader, proof: { by: 'master-and-agent' } }, ['draining']],
  adopted: [{ type: 'adopted', at: at(9) }, ['calling', 'checking']],
  witnessed: [{ type: 'witnessed', at: at(9), word: { leader, startedAt: at(0) } }, ['draining']],
  'stay-set': [
    { type: 'stay-set', at: at(9), outFor: { seconds: seconds(60), by: alice } },
    ['calling', 'checking', 'draining', 'drained'],
  ],
  'return-begun': [{ type: 'return-begun', at: at(9) }, ['draining', 'drained']],
  reminded: [{ type: 'reminded', at: at(9), reminder: { why: 'forgotten' } }, ['draining', 'drained']],
  'gone-planned': [
    { type: 'gone-planned', at: at(9), approved: { approval: approvalId(9), by: [alice] } },
    ['calling', 'checking', 'draining', 'drained'],
  ],
  'gone-dropped': [{ type: 'gone-dropped', at: at(9) }, ['calling', 'checking', 'draining', 'drained']],
  'amend-intended': [
    { type: 'amend-intended', at: at(9), by: alice, change: { kind: 'take-back' } },
    ['draining'],
  ],
  // Only while one is under way: see below.
  'amend-accepted': [{ type: 'amend-accepted', at: at(9) }, []],
  'amend-rejected': [{ type: 'amend-rejected', at: at(9), httpStatus: 403, body: 'no' }, []],
  'amend-unknown': [{ type: 'amend-unknown', at: at(9), why: 'no answer' }, []],
  'amend-no-effect-seen': [{ type: 'amend-no-effect-seen', at: at(9), leader }, []],
  'amend-not-applied': [{ type: 'amend-not-applied', at: at(9) }, []],
  amended: [{ type: 'amended', at: at(9), leader }, []],
  'nudge-intended': [{ type: 'nudge-intended', at: at(9) }, ['draining']],
  'nudge-answered': [{ type: 'nudge-answered', at: at(9), outcome: 'accepted', why: null }, []],
  ended: [
    { type: 'ended', at: at(9), end: { kind: 'given-up', by: alice, reason: 'enough' } },
    ['calling', 'checking', 'draining', 'drained'],
  ],
};

const pairs = Object.values(events).flatMap(([event, allowed]) =>
  Object.values(states).map((state) => [state, event, allowed.includes(state.status)] as const),
);

describe('evolve', () => {
  it.each(
    pairs.map(([state, event, may]) => [state.status, event.type, may ? 'may' : 'can not', state, event]),
  )('a %s drain: %s %s follow', (_, __, may, state, event) => {
    const step = () => evolve(drain({ version: 5, state: state as DrainState }), event as DrainEvent);
    if (may === 'may') expect(step().version).toBe(6);
    else expect(step).toThrow(TypeError);
  });

  it.each<[DrainEvent['type'], Amendment['status'] | null, Amendment['status'] | null | 'can not']>([
    ['amend-intended', null, 'calling'],
    ['amend-intended', 'confirming', 'can not'],
    ['amend-accepted', 'calling', 'confirming'],
    ['amend-accepted', 'checking', 'can not'],
    ['amend-rejected', 'calling', null],
    ['amend-rejected', 'confirming', 'can not'],
    ['amend-unknown', 'calling', 'checking'],
    ['amend-unknown', 'confirming', 'can not'],
    ['amend-no-effect-seen', 'checking', 'checking'],
    ['amend-no-effect-seen', 'confirming', 'confirming'],
    ['amend-not-applied', 'checking', null],
    ['amended', 'checking', null],
    ['amended', 'confirming', null],
  ])('%s of a change that is %s: %s', (type, before, after) => {
    const amendment: Amendment | null = before && takingBack(1, before);
    const step = () => evolve(drain({ markGone: true, state: inDraining({ amendment }) }), events[type][0]);
    if (after === 'can not') return void expect(step).toThrow(TypeError);
    const { state, markGone } = step();
    expect(state.status === 'draining' && (state.amendment?.status ?? null)).toBe(after);
    // Only the master's own word takes it off.
    expect(markGone).toBe(type !== 'amended');
  });

  it('plans a mark gone, and drops it', () => {
    const planned = evolve(drain({ state: states.draining }), events['gone-planned'][0]);
    expect(planned).toMatchObject({ goneNext: true, approved: { approval: 9 } });
    expect(evolve(planned, events['gone-dropped'][0])).toMatchObject({
      goneNext: false,
      approved: { approval: 9 },
    });
  });

  it('keeps what was witnessed past the proof', () => {
    const witnessed = evolve(drain({ state: states.draining }), events.witnessed[0]);
    expect(evolve(witnessed, events.drained[0]).state).toMatchObject({
      witness: { leader, startedAt: at(0) },
    });
  });

  it('starts to drain with nothing counted, waited for or proven', () => {
    expect(evolve(drain(), events['call-accepted'][0]).state).toEqual({
      status: 'draining',
      acceptedAt: at(9),
      progress: { left: null, quarter: 0, movedAt: at(9) },
      staying: [],
      waiting: null,
      firstDrained: null,
      firstAbsent: null,
      witness: null,
      amendment: null,
      nudges: noNudges,
    });
  });

  it('keeps since when it waits for the same cause, and when that was last told', () => {
    const before = inDraining({ waiting: { cause: inGrace, since: at(1), toldAt: at(2) } });
    const fewer: Cause = { code: 'tasks-in-grace', by: 'agent', tasks: 3, until: null, named: [] };
    const quiet: DrainEvent = { type: 'waiting', at: at(9), cause: fewer, tell: false };
    expect(evolve(drain({ state: before }), quiet).state).toMatchObject({
      waiting: { cause: { tasks: 3 }, since: at(1), toldAt: at(2) },
    });
  });

  it('counts anew when it waits for another cause', () => {
    const before = inDraining({ waiting: { cause: inGrace, since: at(1), toldAt: at(2) } });
    const quiet: DrainEvent = { type: 'waiting', at: at(9), cause: overdue, tell: false };
    expect(evolve(drain({ state: before }), quiet).state).toMatchObject({
      waiting: { since: at(9), toldAt: null },
    });
  });

  it('remembers in its end that it had been drained', () => {
    expect(evolve(drain({ state: states.drained }), events.ended[0]).state).toMatchObject({
      status: 'ended',
      drainedAt: at(60),
    });
    expect(evolve(drain({ state: states.draining }), events.ended[0]).state).toMatchObject({
      status: 'ended',
      drainedAt: null,
    });
  });
});

const master = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom<MasterSighting[]>(
      shows(draining),
      shows(drained),
      shows(drained, otherLeader),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<MasterSighting[]>(
      notRead,
      unexplained,
      absent(),
      absent(otherLeader),
      unreachable(),
      { kind: 'recovered', leader: otherLeader },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<MasterSighting[]>(
      shows(null),
      shows(foreign),
      unreachable({ drain: null }),
      { kind: 'gone', leader, at: at(1) },
      { kind: 'registered', leader, agent: agent({ deactivated: true }) },
    ),
  },
);

const own = fc.constantFrom<AgentSighting[]>(
  asked(4),
  asked(2),
  asked(0),
  asked(0),
  asked(0),
  asked(0, { executors: 1 }),
  asked(0, { pendingOperations: 2 }),
  asked(0, { tasks: [task({ state: 'TASK_KILLED', terminalUnacknowledged: true })] }),
  notAsked,
);

/** Looks in the order of their hours: some at once, some after a poll, some after days. */
const looks = fc
  .array(
    fc.record({
      gapMs: fc.constantFrom(0, 1, 500, 999, 1_000, 5_000, 45_000, 130_000, 3_600_000, 86_400_000),
      master,
      agent: own,
      replaced: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    let now = at(1);
    return steps.map(({ gapMs, replaced, ...seen }) => {
      now = (now + gapMs) as typeof now;
      const sighting: Sighting = { at: now, frameworks: [], diagnosis: null, ...seen };
      return { sighting, successor: replaced ? newerAgent : null };
    });
  });

const start = fc.constantFrom<DrainState[]>(states.calling, states.checking, inDraining({ waiting: null }));

function step(before: Drain, sighting: Sighting, successor: typeof newerAgent | null) {
  const found = observe(before, sighting, successor);
  return { after: found.reduce(evolve, before), found };
}

describe('any sequence of looks', () => {
  it('yields only events that can follow, and an unchanged look at the same instant yields none', async () => {
    await fc.assert(
      fc.property(start, looks, (state, sequence) => {
        let now = drain({ state });
        for (const { sighting, successor } of sequence) {
          now = step(now, sighting, successor).after;
          // What the look that found the effect also showed is counted by the next one.
          if (now.state.status === 'draining' && now.state.progress.left === null)
            now = step(now, sighting, successor).after;
          expect(observe(now, sighting, successor)).toEqual([]);
        }
      }),
    );
  });

  it('never says drained without two reads of DRAINED by one leader, a second or more apart', async () => {
    let proofs = 0;
    await fc.assert(
      fc.property(start, looks, (state, sequence) => {
        let now = drain({ state });
        const reads: { leader: string; at: number }[] = [];
        for (const { sighting, successor } of sequence) {
          const { after, found } = step(now, sighting, successor);
          const seen = sighting.master;
          if (seen.kind === 'registered' && seen.agent.drain?.state === 'DRAINED')
            reads.push({ leader: seen.leader, at: sighting.at });
          const proof = found.find((event) => event.type === 'drained');
          if (proof !== undefined) {
            proofs += 1;
            const first = reads.find((read) => read.leader === proof.leader);
            expect(reads.at(-1)).toEqual({ leader: proof.leader, at: proof.at });
            expect(proof.at - (first?.at ?? proof.at)).toBeGreaterThanOrEqual(judging.proofGapMs);
          }
          now = after;
        }
      }),
      { numRuns: 300 },
    );
    expect(proofs).toBeGreaterThan(10);
  });

  it('never says anything after the end', async () => {
    await fc.assert(
      fc.property(looks, (sequence) => {
        const ended = drain({ state: states.ended });
        for (const { sighting, successor } of sequence)
          expect(observe(ended, sighting, successor)).toEqual([]);
      }),
    );
  });
});
