import { describe, expect, it } from '@jest/globals';
import { approvalId, seconds } from '../../../src/domain/ids.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { advanceFully } from '../../../src/domain/rolling/advance.ts';
import { cancelled } from '../../../src/domain/rolling/cancel.ts';
import { dueOf } from '../../../src/domain/rolling/due.ts';
import type { RollingEvent } from '../../../src/domain/rolling/events.ts';
import { evolveRolling } from '../../../src/domain/rolling/evolve.ts';
import { haltingAtFailures, heldUp, mostWaitMs } from '../../../src/domain/rolling/halt.ts';
import { refusedAtTurn } from '../../../src/domain/rolling/leave-out.ts';
import { isItsTurn } from '../../../src/domain/rolling/standing.ts';
import type { HaltReason, RollingLineState, RollingPhase, RollingPlan } from '../../../src/domain/rolling.ts';
import * as s from '../../support/rolling-samples.ts';
import { alice, at } from '../../support/samples.ts';

const wave1: RollingPhase = { at: 'wave', wave: 1, since: at(10) };
const between = (wave: number, notBefore = 10): RollingPhase => ({
  at: 'between',
  wave,
  notBefore: at(notBefore),
});
const givingBack: RollingPhase = { at: 'giving-back', by: alice };
const paused: HaltReason = { code: 'paused', by: alice };
const halt = { since: at(20), why: paused };

/** In short. */
function told(events: readonly RollingEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'phase-begun':
        return event.phase.at === 'between'
          ? `between, wave ${event.phase.wave} from ${(event.phase.notBefore - at(0)) / 1000} s`
          : event.phase.at;
      case 'wave-ended':
        return `wave ${event.wave} ended`;
      case 'line-moved':
        return `${event.from} to ${event.to.is}`;
      case 'halted':
      case 'waits':
        return `${event.type} ${event.why.code}`;
      case 'ended':
        return `ended ${event.end.kind}`;
      default:
        return event.type;
    }
  });
}

describe('how a plan goes on by what its lines have come to', () => {
  it.each<[string, RollingLineState[], RollingPhase, string[]]>([
    ['waits for the last one to be kept away', [s.away, s.calling], { at: 'deactivating' }, []],
    ['waits for those that nothing was done with', [s.away, s.todo], { at: 'deactivating' }, []],
    ['then the first wave is next', [s.away, s.away], { at: 'deactivating' }, ['between, wave 1 from 100 s']],
    [
      'a wave of which none could be kept away is passed over',
      [s.failed, s.failed, s.awayBefore],
      { at: 'deactivating' },
      ['between, wave 2 from 100 s'],
    ],
    ['it is over where none could be', [s.failed, s.failed], { at: 'deactivating' }, ['ended done']],
    ['a wave waits for each drain', [s.done, s.draining, s.away], wave1, []],
    ['and for each return', [s.done, s.returning, s.away], wave1, []],
    ['and for what waits for its return', [s.done, s.drained, s.away], wave1, []],
    ['and for what has still to begin', [s.done, s.away, s.away], wave1, []],
    [
      'the next one comes after the pause',
      [s.done, s.failed, s.away],
      wave1,
      ['wave 1 ended', 'between, wave 2 from 400 s'],
    ],
    ['the last one ends it', [s.done, s.done], wave1, ['wave 1 ended', 'ended done']],
    [
      'a wave does not wait for what was left out of it',
      [s.done, s.leftOut, s.away],
      wave1,
      ['wave 1 ended', 'between, wave 2 from 400 s'],
    ],
    ['but the last one does', [s.done, s.leftOut], wave1, []],
    ['and for its return', [s.done, s.givingBack], wave1, []],
    ['between two waves it waits for the clock alone', [s.done, s.done, s.away], between(2), []],
    [
      'a wave that is lost before its turn is passed over',
      [s.done, s.done, s.failed, s.failed, s.away],
      between(2, 400),
      ['between, wave 3 from 400 s'],
    ],
    ['cancelled, it waits for what drains', [s.draining, s.dropped], givingBack, []],
    ['and for what is given back', [s.done, s.away], givingBack, []],
    ['and ends then', [s.done, s.dropped], givingBack, ['ended cancelled']],
  ])('%s', (_, lines, phase, expected) => {
    expect(told(advanceFully(s.rolling(lines, { phase }), at(100)))).toEqual(expected);
  });
});

describe('what is due', () => {
  it.each<[string, RollingLineState[], Parameters<typeof s.rolling>[1], object]>([
    ['keeping away what is to do', [s.todo, s.away], {}, { keepAway: [1] }],
    ['not under a halt', [s.todo], { halt }, {}],
    ['nothing of a wave before all is kept away', [s.away, s.calling], {}, {}],
    ['a wave whose time has come', [s.away, s.away, s.away], { phase: between(1) }, { wave: [1, 2] }],
    ['not before', [s.away], { phase: between(1, 101) }, { at: 101 }],
    ['not under a halt', [s.away], { phase: between(1), halt }, {}],
    ['what is left to begin of a wave', [s.draining, s.away], { phase: wave1 }, { wave: [2] }],
    [
      'not what was left out of it, which is given back',
      [s.draining, s.leftOut],
      { phase: wave1 },
      { giveBack: [2] },
    ],
    ['that even under a halt', [s.draining, s.leftOut], { phase: wave1, halt }, { giveBack: [2] }],
    [
      'not what others had out of service',
      [{ ...s.awayBefore, leftOut: { code: 'direct-message' } } as RollingLineState],
      { phase: wave1 },
      {},
    ],
    [
      'of a cancelled one all that it has kept away',
      [s.away, s.draining, s.away],
      { phase: givingBack },
      { giveBack: [1, 3] },
    ],
    ['of a cancelled one nothing else', [s.drained, s.calling], { phase: givingBack }, {}],
    ['nothing while a wave drains', [s.draining, s.done, s.away], { phase: wave1 }, {}],
  ])('is %s', (_, lines, run, expected) => {
    expect(due(s.rolling(lines, run))).toEqual(expected);
  });

  it('is a return so long after its proof', () => {
    const plan = (after: number, run = {}) =>
      s.rolling(
        [s.drained],
        { phase: wave1, ...run },
        { afterwards: { do: 'reactivate', after: seconds(after) } },
      );
    expect(due(plan(40))).toEqual({ bringBack: [1] });
    expect(due(plan(41))).toEqual({ at: 101 });
    expect(due(plan(0, { halt }))).toEqual({ bringBack: [1] });
  });

  it('is a mark gone only while nothing halts the plan', () => {
    const plan = (run = {}) =>
      s.rolling([s.drained], { phase: wave1, ...run }, { afterwards: { do: 'mark-gone' } });
    expect(due(plan())).toEqual({ markGone: [1] });
    expect(due(plan({ halt }))).toEqual({});
  });

  /** Lines by their number, hours in seconds; what there is none of is left out. */
  function due(plan: RollingPlan): object {
    const { wave, at: hour, ...lists } = dueOf(plan, at(100));
    const numbers = (lines: readonly { agentId: string }[]) =>
      lines.map(({ agentId }) => plan.lines.findIndex((line) => line.agentId === agentId) + 1);
    return Object.fromEntries([
      ...Object.entries(lists).flatMap(([name, lines]) =>
        lines.length === 0 ? [] : [[name, numbers(lines)]],
      ),
      ...(wave === null ? [] : [['wave', numbers(wave.lines)]]),
      ...(hour === null ? [] : [['at', (hour - at(0)) / 1000]]),
    ]);
  }
});

describe('what holds a plan up', () => {
  const limit: HaltReason = {
    code: 'refused',
    refusal: {
      code: 'plan-over-limits',
      agents: 1,
      over: [{ limit: 'cluster', allowed: 3, open: 3, adding: 1 }],
    },
  };
  const frozen: HaltReason = { code: 'refused', refusal: { code: 'against-policy', objections: [] } };
  const tooLow: HaltReason = {
    code: 'refused',
    refusal: {
      code: 'plan-over-limits',
      agents: 4,
      over: [{ limit: 'cluster', allowed: 3, open: 0, adding: 4 }],
    },
  };
  const blind: HaltReason = { code: 'unreadable', why: 'no master answers' };
  const gate: HaltReason = { code: 'gate', why: 'answers 503' };
  const roomNotKnown: HaltReason = {
    code: 'wave',
    objection: { code: 'not-known', what: 'room', why: 'the last list of agents shows no other active one' },
  };
  const noRoom: HaltReason = { code: 'wave', objection: { code: 'no-room', short: ['cpus'], misfits: 0 } };
  const votes: HaltReason = { code: 'votes', approval: approvalId(2), why: 'taken back' };
  const waits = (sinceS: number, toldAt: number | null, why = limit) => ({
    waits: { since: at(sinceS), why, toldAt: toldAt === null ? null : at(toldAt) },
  });

  it.each<[string, HaltReason, Parameters<typeof s.rolling>[1], [string, boolean?] | null]>([
    ['waits for others’ drains, and says nothing yet', limit, {}, ['waits', false]],
    ['says so after a minute', limit, waits(40, null), ['waits', true]],
    ['not before', limit, waits(41, null), null],
    ['once', limit, waits(20, 80), null],
    ['halts after 15 minutes', limit, waits(100 - mostWaitMs / 1000, 80), ['halted']],
    ['waits for the master', blind, {}, ['waits', false]],
    ['waits on when something else holds it up, and says so', blind, waits(20, 80), ['waits', true]],
    ['waits for the agents to re-register after a failover', roomNotKnown, {}, ['waits', false]],
    ['halts where the rest has no room', noRoom, {}, ['halted']],
    ['halts at a freeze', frozen, {}, ['halted']],
    ['halts where a wave is larger than the limits by now', tooLow, {}, ['halted']],
    ['halts at a gate', gate, {}, ['halted']],
    ['halts without votes', votes, {}, ['halted']],
    ['says nothing of one that is halted', gate, { halt }, null],
  ])('%s', (_, why, run, expected) => {
    const [event] = heldUp(s.rolling([s.away], run), why, at(100));
    if (expected === null) return expect(event).toBeUndefined();
    expect([event?.type, ...(event?.type === 'waits' ? [event.tell] : [])]).toEqual(expected);
  });

  it('is forgotten once something begins', () => {
    const plan = s.rolling([s.away], { phase: wave1, ...waits(20, 80) });
    const begun = evolveRolling(plan, moved(1, s.away, s.draining));
    expect(begun.state).toMatchObject({ waits: null });
  });
});

describe('an agent that fails', () => {
  const fails = moved(1, s.draining, s.failed);

  it('halts the plan at once, and the next one changes nothing about that', () => {
    const plan = s.rolling([s.draining, s.draining, s.away], { phase: wave1 });
    const events = haltingAtFailures(plan, [fails, moved(2, s.draining, s.failed)]);
    expect(told(events)).toEqual(['draining to failed', 'halted line-failed', 'draining to failed']);
  });

  it('halts nothing where nothing is left to begin, or that was cancelled', () => {
    const last = s.rolling([s.draining, s.done], { phase: wave1 });
    expect(told(haltingAtFailures(last, [fails]))).toEqual(['draining to failed']);
    const stopped = s.rolling([s.draining, s.away], { phase: givingBack });
    expect(told(haltingAtFailures(stopped, [fails]))).toEqual(['draining to failed']);
  });
});

describe('an agent that is refused at its turn', () => {
  const refusal: Refusal = { code: 'direct-message' };
  const label = { agentId: s.lineId(1), hostname: 'agent1.example', state: 'gone' };
  const gone: Refusal = { code: 'agent-not-drainable', agent: label, why: 'gone', detail: '' };
  const refused = (line: RollingLineState, why: Refusal, run: Parameters<typeof s.rolling>[1] = {}) => {
    const plan = s.rolling([line], run);
    const [first] = plan.lines;
    if (first === undefined) throw new TypeError('no line');
    return refusedAtTurn(plan, first, why, at(100));
  };

  it('halts the plan, and is tried once more when somebody has it go on', () => {
    const events = refused(s.away, refusal);
    expect(told(events)).toEqual(['halted line-refused']);
    const plan = s.rolling([s.away]);
    const resumed = [...events, { type: 'resumed' as const, at: at(110), by: alice }].reduce(
      evolveRolling,
      plan,
    );
    expect(resumed.state).toMatchObject({ halt: null, retrying: [s.lineId(1)] });
  });

  it('is left out then, and given back where it was kept away by the plan', () => {
    const run = { retrying: [s.lineId(1)] };
    expect(refused(s.away, refusal, run)).toMatchObject([{ to: { is: 'kept-away', leftOut: refusal } }]);
    expect(refused(s.awayBefore, refusal, run)).toMatchObject([{ to: { is: 'refused', refusal } }]);
    expect(refused(s.todo, refusal, run)).toMatchObject([{ to: { is: 'refused', refusal } }]);
  });

  it('has failed where it is no more', () => {
    expect(refused(s.away, gone)).toMatchObject([{ to: { is: 'failed', why: { code: 'gone' } } }]);
  });
});

describe('a cancel', () => {
  it('leaves what drains, drops what nothing was done with, and gives back what the plan has kept away', () => {
    const plan = s.rolling([s.draining, s.done, s.drained, s.todo, s.away, s.awayBefore, s.calling], {
      halt,
    });
    const events = cancelled(plan, alice, at(100));
    expect(told(events)).toEqual([
      'giving-back',
      'drained to done',
      'todo to dropped',
      'kept-away to dropped',
    ]);
    const after = events.reduce(evolveRolling, plan);
    expect(after.state).toMatchObject({ phase: givingBack, halt: null });
    expect(dueOf(after, at(100)).giveBack.map(({ agentId }) => agentId)).toEqual([s.lineId(5)]);
  });
});

function moved(nth: number, from: RollingLineState, to: RollingLineState) {
  return { type: 'line-moved' as const, at: at(100), agentId: s.lineId(nth), from: from.is, to };
}

describe('the turn of an agent, in the transaction of its intent', () => {
  const leftOut = { ...s.away, leftOut: { code: 'direct-message' } as Refusal };

  it.each<[string, boolean, RollingLineState, Parameters<typeof s.rolling>[1]]>([
    ['has come where its wave runs', true, s.away, { phase: wave1 }],
    ['has not where somebody has paused the plan meanwhile', false, s.away, { phase: wave1, halt }],
    ['has not before its wave', false, s.away, { phase: between(1) }],
    ['has not in another wave', false, s.away, { phase: { at: 'wave', wave: 2, since: at(10) } }],
    ['has not where the plan was cancelled', false, s.away, { phase: givingBack }],
    ['is over once it drains', false, s.draining, { phase: wave1 }],
    ['does not come where it is left out', false, leftOut, { phase: wave1 }],
  ])('%s', (_, expected, line, run) => {
    expect(isItsTurn(s.rolling([line], run), { agentId: s.lineId(1), wave: 1 })).toBe(expected);
  });
});
