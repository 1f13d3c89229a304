import {
  agentId,
  approvalId,
  clusterName,
  drainId,
  planId,
  reactivationId,
  seconds,
} from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { RollingCard, RollingCardLine } from '../../../src/domain/rolling/card.ts';
import type { RollingAbout, RollingNews } from '../../../src/domain/rolling/news.ts';
import type {
  HaltReason,
  LineFailure,
  RollingLineState,
  RollingPhase,
  RollingThen,
  WaveObjection,
} from '../../../src/domain/rolling.ts';
import { earlier, hours, later, now, person, requester } from './moments.ts';

type Running = Extract<RollingCard['state'], { status: 'running' }>;

/** A rolling drain that runs, in its second wave of three; `over`: of its state. */
export function runningState(over: Partial<Running> = {}): Running {
  return {
    status: 'running',
    since: earlier,
    phase: { at: 'wave', wave: 2, since: earlier },
    halt: null,
    waits: null,
    resumedAt: null,
    retrying: [],
    ...over,
  };
}

/** One agent of it. */
export function rollingLine(
  hostname: string,
  wave: number,
  state: RollingLineState,
  over: Partial<RollingCardLine> = {},
): RollingCardLine {
  return {
    agentId: agentId(`3669f2a1-S${/\d+$/.exec(hostname)?.[0] ?? 1}`),
    ...{ hostname, wave, state, tasksLeft: null, tasksAtStart: null, stuck: null },
    ...over,
  };
}

/** Its card. */
export function rollingCard(over: Partial<RollingCard> = {}): RollingCard {
  return {
    plan: planId(3),
    cluster: clusterName('prod'),
    work: {
      do: 'roll',
      maxGrace: null,
      parallel: 2,
      per: [{ attribute: 'rack', allowed: 1 }],
      pause: seconds(300),
      afterwards: { do: 'wait' },
    },
    requester: person,
    reason: null,
    approved: null,
    state: runningState(),
    lines: [],
    startedAt: earlier,
    until: now,
    expectedEnd: later,
    checkedAt: now,
    ...over,
  };
}

/** What people are told of rolling drains, in every form. */
export function rollingNotices(foreign: string, long: number): Notice[] {
  const many = <T>(make: (at: number) => T): T[] => Array.from({ length: long }, (_, at) => make(at));
  const agent = { agentId: agentId('3669f2a1-S12'), hostname: foreign };
  const refusal = { code: 'master-unreadable' as const, cluster: foreign, why: foreign };
  const failures: LineFailure[] = [
    { code: 'rejected', httpStatus: 403, body: foreign },
    { code: 'rejected', httpStatus: null, body: foreign },
    { code: 'not-applied' },
    { code: 'ended-otherwise', end: foreign },
    ...(['reactivated-elsewhere', 'drained-elsewhere', 'gone', 'removed'] as const).map((code) => ({ code })),
    { code: 'not-returned', refusal },
  ];
  const objections: WaveObjection[] = [
    { code: 'no-room', short: [foreign, 'mem'], misfits: 2 },
    { code: 'no-room', short: [], misfits: 1 },
    { code: 'too-little-free', kind: 'mem', freePercent: 3, wantedPercent: 20 },
    { code: 'last-instances', names: many(() => ({ framework: foreign, name: foreign, instances: 2 })) },
    { code: 'not-known', what: 'room', why: foreign },
    { code: 'not-known', what: 'instances', why: foreign },
  ];
  const halts: HaltReason[] = [
    { code: 'paused', by: { ...person, name: foreign } },
    ...failures.map((why): HaltReason => ({ code: 'line-failed', ...agent, why })),
    { code: 'line-refused', ...agent, refusal },
    {
      code: 'stuck',
      ...agent,
      drain: drainId(17),
      cause: { code: 'unreachable', since: earlier },
    },
    { code: 'refused', refusal },
    ...objections.map((objection): HaltReason => ({ code: 'wave', objection })),
    { code: 'gate', why: foreign },
    { code: 'votes', approval: approvalId(9), why: foreign },
    { code: 'unreadable', why: foreign },
  ];
  const drain = drainId(17);
  const reactivation = reactivationId('r1');
  const states: RollingLineState[] = [
    { is: 'todo' },
    { is: 'deactivating', call: { at: 'calling', intendedAt: earlier } },
    { is: 'deactivating', call: { at: 'checking', intendedAt: earlier, why: foreign, noEffect: null } },
    ...[true, false].map((ours) => ({
      is: 'kept-away' as const,
      since: earlier,
      ours,
      amiss: null,
      leftOut: null,
    })),
    { is: 'kept-away', since: earlier, ours: true, amiss: null, leftOut: refusal },
    { is: 'draining', drain },
    { is: 'drained', drain, at: earlier },
    { is: 'marking', drain },
    { is: 'returning', drain, reactivation },
    ...(['drained', 'gone', 'back'] as const).map((how) => ({ is: 'done' as const, how, drain })),
    { is: 'given-back', reactivation },
    ...failures.map((why) => ({ is: 'failed' as const, drain, why })),
    { is: 'refused', refusal },
    { is: 'dropped' },
  ];
  const phases: RollingPhase[] = [
    { at: 'deactivating' },
    { at: 'between', wave: 2, notBefore: earlier },
    { at: 'between', wave: 2, notBefore: later },
    { at: 'wave', wave: 2, since: earlier },
    { at: 'giving-back', by: person },
  ];
  const lines = states.map((state, at) => rollingLine(foreign, 1 + (at % 3), state));
  const counted = many((at) =>
    rollingLine(
      foreign,
      2,
      { is: 'draining', drain },
      {
        tasksLeft: at,
        tasksAtStart: at % 2 === 0 ? 9 : null,
        stuck: at % 3 === 0 ? { code: 'unreachable' } : null,
      },
    ),
  );
  const thens: RollingThen[] = [
    { do: 'wait' },
    { do: 'reactivate', after: seconds(0) },
    { do: 'reactivate', after: seconds(7200) },
    { do: 'mark-gone' },
  ];
  const { work } = rollingCard();
  const card = (over: Partial<RollingCard>) => rollingCard({ lines, cluster: clusterName('prod'), ...over });
  const cards: RollingCard[] = [
    ...phases.flatMap((phase) =>
      [null, { since: earlier, why: halts[0] as HaltReason }].map((halt) =>
        card({ state: runningState({ phase, halt, waits: null }), lines: [...lines, ...counted] }),
      ),
    ),
    ...halts.map((why) =>
      card({
        state: runningState({ halt: { since: earlier, why } }),
        reason: foreign,
        approved: { approval: approvalId(9), by: [{ ...person, name: foreign }] },
      }),
    ),
    card({
      state: runningState({
        waits: { since: earlier, why: { code: 'unreadable', why: foreign }, toldAt: null },
      }),
    }),
    ...thens.map((afterwards) =>
      card({ work: { ...work, maxGrace: seconds(60), pause: seconds(0), afterwards } }),
    ),
    card({ state: { status: 'proposed', expiresAt: later } }),
    card({ state: { status: 'asked', approval: approvalId(9) } }),
    card({ state: { status: 'ended', at: now, end: { kind: 'done' } } }),
    card({ state: { status: 'ended', at: now, end: { kind: 'cancelled', by: person } } }),
    card({ lines: [] }),
  ];
  const next = { wave: 2, hostnames: many(() => foreign), notBefore: later };
  const tally = { lines: 9, waiting: 0, underWay: 0, done: 6, failed: 1, refused: 1, dropped: 1 };
  const news: RollingNews[] = [
    ...[next, null].map((each): RollingNews => ({ news: 'kept-away', kept: 7, before: 2, next: each })),
    ...[next, null].map((each): RollingNews => ({ news: 'wave-ended', wave: 1, lines, next: each })),
    { news: 'waiting', why: { code: 'refused', refusal }, since: earlier },
    ...halts.map((why, at): RollingNews => ({ news: 'halted', why, goOn: at % 3, toBegin: at % 4 })),
    { news: 'resumed', by: requester },
    ...failures.map((why): RollingNews => ({ news: 'line-failed', hostname: foreign, why })),
    ...[true, false].map(
      (givenBack): RollingNews => ({ news: 'line-left-out', hostname: foreign, refusal, givenBack }),
    ),
    { news: 'cancelled', by: requester, goOn: 2, giveBack: 4 },
    { news: 'marking-dropped' },
    { news: 'hour-came' },
    ...hours.map(
      (hour): RollingNews => ({
        news: 'ended',
        end: { kind: 'late', hour },
        tally,
        failed: [],
        keptAway: [],
        notBegun: true,
      }),
    ),
    ...[
      { kind: 'done' as const },
      { kind: 'cancelled' as const, by: person },
      { kind: 'restored' as const },
    ].map(
      (end): RollingNews => ({
        news: 'ended',
        end,
        tally,
        failed: many(() => foreign),
        keptAway: many(() => foreign),
      }),
    ),
  ];
  const about = (afterwards: RollingThen): RollingAbout => ({
    plan: planId(3),
    work: { ...work, afterwards },
    requester,
    agents: 9,
    waves: 3,
  });
  return [
    ...cards.map((each): Notice => ({ kind: 'rolling-card', card: each })),
    ...cards.slice(-5).map((each): Notice => ({ kind: 'status-of-rolling', card: each, permalink: null })),
    ...news.map((each): Notice => ({ kind: 'rolling', about: about({ do: 'wait' }), news: each })),
    ...thens.map(
      (then): Notice => ({ kind: 'rolling', about: about(then), news: news.at(-1) as RollingNews }),
    ),
  ];
}
