import type { DrainFace } from '../../../src/domain/drain/card.ts';
import { agentId, approvalId, clusterName, drainId, planId, seconds } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { LineChange } from '../../../src/domain/plan/as-shown.ts';
import type { PlanCard, PlanCardLine } from '../../../src/domain/plan/card.ts';
import type { Proposal } from '../../../src/domain/plan/proposal.ts';
import type { AgentsWork, PlanEnd } from '../../../src/domain/plan.ts';
import type { WorkKind } from '../../../src/domain/preview/open-work.ts';
import type { ReactivationState } from '../../../src/domain/reactivation.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { reactivationStates } from '../../support/reactivation-samples.ts';
import { collisions } from './collision-examples.ts';
import { earlier, hours, later, now, person, requester } from './moments.ts';

/** Work of every kind that can be open on an agent. */
export const openKinds: WorkKind[] = [
  { what: 'drain', drain: drainId(17), way: 'drain' },
  { what: 'drain', drain: drainId(17), way: 'deactivate' },
  { what: 'drained', drain: drainId(17), way: 'drain' },
  { what: 'approval', approval: approvalId(9) },
  { what: 'plan', plan: planId(3) },
  ...hours.map((hour): WorkKind => ({ what: 'plan', plan: planId(3), hour })),
  { what: 'plan', plan: planId(3), wave: 2 },
  { what: 'mark-gone' },
  { what: 'reactivation' },
];

const works: AgentsWork[] = [
  { do: 'drain', maxGrace: seconds(600) },
  { do: 'drain', maxGrace: null },
  { do: 'deactivate' },
  { do: 'reactivate' },
];

/** Every way in which an agent may not be as it was shown. */
export function lineChanges(foreign: string): LineChange[] {
  return [
    ...(['hostname', 'address', 'state'] as const).map((what) => ({ what, was: foreign, is: foreign })),
    { what: 'more-tasks', was: 3, is: 30 },
    { what: 'tasks-not-known' },
    { what: 'tasks-came' },
    { what: 'refused' },
    { what: 'not-refused' },
  ];
}

/** The refusals that have to do with plans over agents. */
export function planRefusals(foreign: string): Refusal[] {
  const agent = { agentId: agentId('3669f2a1-S12'), hostname: foreign, state: foreign };
  return [
    ...(['drain', 'deactivate', 'reactivate'] as const).map((work) => ({
      code: 'plan-begun' as const,
      plan: planId(3),
      work,
    })),
    { code: 'plan-too-long', agents: 900, most: 200 },
    {
      code: 'waves-over-limits',
      over: [
        { attribute: null, wanted: 5, allowed: 3 },
        { attribute: foreign, wanted: 2, allowed: 1 },
      ],
    },
    { code: 'not-rollable', agent },
    {
      code: 'plan-over-limits',
      agents: 4,
      over: [
        { limit: 'cluster', allowed: 3, open: 0, adding: 4 },
        { limit: { attribute: foreign, value: foreign }, allowed: 1, open: 1, adding: 4 },
        { limit: { attribute: 'rack', value: 'r1' }, allowed: 1, open: 2, adding: 4 },
      ],
    },
    { code: 'held-by-plan', agent, plan: planId(3), permalink: null },
    { code: 'not-as-shown', agent, changes: lineChanges(foreign) },
    { code: 'one-at-a-time', command: 'drain --mark-gone' },
    ...(['pause', 'resume'] as const).map((command) => ({
      code: 'plan-not-rolling' as const,
      plan: planId(3),
      command,
    })),
    ...(['proposed', 'asked', 'scheduled'] as const).map((how) => ({
      code: 'plan-not-begun' as const,
      plan: planId(3),
      how,
    })),
    { code: 'plan-halted', plan: planId(3), halt: 'gate' },
    { code: 'plan-goes-on', plan: planId(3) },
  ];
}

const untouched = { lines: 2, todo: 2, begun: 0, well: 0, otherwise: 0, refused: 0, dropped: 0 };

/** How a plan can end that waits for its hour. */
function notBegun(foreign: string): PlanEnd[] {
  return [
    ...hours.map((hour): PlanEnd => ({ kind: 'late', hour })),
    ...planRefusals(foreign).map((refusal): PlanEnd => ({ kind: 'refused', refusal })),
    { kind: 'restored' },
    { kind: 'given-up', by: person, reason: foreign },
  ];
}

/** The refusals of hours. */
export function hourRefusals(foreign: string): Refusal[] {
  return [
    ...hours.flatMap((hour): Refusal[] => [
      { code: 'hour-past', hour },
      { code: 'hour-too-far', hour, mostDays: 30 },
    ]),
    ...(['twice', 'never'] as const).map((shown) => ({
      code: 'hour-not-one' as const,
      shown,
      wall: '2026-10-25 02:30',
      zone: foreign,
      instead: ['2026-10-25T02:30+02:00', '2026-10-25T02:30+01:00'],
    })),
  ];
}

/** What people are told of plans over agents, in every form. `faces`: of a drain, every one. */
export function agentsPlanNotices(foreign: string, long: number, faces: DrainFace[]): Notice[] {
  const many = <T>(make: (at: number) => T): T[] => Array.from({ length: long }, (_, at) => make(at));
  const ends: PlanEnd[] = [
    { kind: 'done' },
    { kind: 'cancelled', by: { ...person, name: foreign } },
    { kind: 'not-approved', approval: approvalId(9) },
  ];
  const tallies = [
    { lines: 2, todo: 0, begun: 0, well: 2, otherwise: 0, refused: 0, dropped: 0 },
    { lines: 9, todo: 0, begun: 0, well: 1, otherwise: 3, refused: 2, dropped: 3 },
  ];
  return [
    ...proposals(foreign, many).map((proposal): Notice => ({ kind: 'plan-proposal', proposal })),
    ...cards(foreign, many, faces).flatMap((card): Notice[] => [
      { kind: 'plan-card', card },
      { kind: 'status-of-plan', card, permalink: 'https://x.slack.com/archives/C1/p1' },
    ]),
    ...works.flatMap((work): Notice[] => {
      const about = { plan: planId(3), work, requester, agents: 9 };
      return [
        {
          kind: 'plan',
          about,
          news: {
            news: 'line-refused',
            hostname: foreign,
            refusal: { code: 'master-unreadable', cluster: foreign, why: foreign },
          },
        },
        { kind: 'plan', about, news: { news: 'hour-came' } },
        ...[...ends, ...notBegun(foreign)].map(
          (end): Notice => ({
            kind: 'plan',
            about,
            news: { news: 'ended', end, tally: untouched, failed: [], notBegun: true },
          }),
        ),
        ...[0, 1, 4].map(
          (goOn): Notice => ({
            kind: 'plan',
            about,
            news: { news: 'rest-dropped', by: requester, dropped: goOn + 1, goOn },
          }),
        ),
        ...ends.flatMap((end) =>
          tallies.map(
            (tally): Notice => ({
              kind: 'plan',
              about,
              news: { news: 'ended', end, tally, failed: tally.well > 1 ? [] : many(() => foreign) },
            }),
          ),
        ),
      ];
    }),
    { kind: 'plan-cancelled', plan: planId(3), permalink: null },
    ...[0, 1, 4].flatMap((underWay) =>
      (['plan-paused', 'plan-resumed'] as const).map(
        (kind): Notice => ({ kind, plan: planId(3), underWay, permalink: null }),
      ),
    ),
  ];
}

function proposals(foreign: string, many: <T>(make: (at: number) => T) => T[]): Proposal[] {
  const refusals = planRefusals(foreign);
  const totals: Proposal['totals'] = {
    agents: 3,
    tasks: 12,
    tasksNotKnown: 1,
    expectedEnd: later,
    room: { known: false, why: foreign },
    spread: [{ framework: foreign, name: foreign, thin: { known: false, why: foreign } }],
    limit: { open: 1, allowed: 3 },
  };
  const base: Omit<Proposal, 'work'> = {
    plan: { id: planId(3), expiresAt: later },
    cluster: clusterName('prod'),
    at: now,
    reason: foreign,
    lines: many((at) => ({
      agentId: agentId(`3669f2a1-S${at}`),
      hostname: foreign,
      state: foreign,
      tasks: at % 2 === 0 ? null : at,
      open: openKinds[at % openKinds.length] ?? null,
      others: at % 3,
      refusal: at % 3 === 2 ? (refusals[at % refusals.length] ?? null) : null,
    })),
    totals,
    because: [{ why: 'many-agents', agents: 4, over: 3 }],
    changed: [],
  };
  return [
    ...works.map((work) => ({ ...base, work, collisions: collisions(foreign, many(() => 0).length) })),
    ...hours.flatMap((hour) =>
      works.map((work) => ({ ...base, work, hour, because: work.do === 'drain' ? base.because : [] })),
    ),
    {
      ...base,
      work: { do: 'drain', maxGrace: null },
      because: [],
      reason: null,
      changed: many(() => ({ hostname: foreign, changes: lineChanges(foreign) })),
    },
    {
      ...base,
      plan: null,
      work: { do: 'deactivate' },
      totals: { ...totals, agents: 0, limit: null, spread: [], room: null },
      lines: refusals.map((refusal, at) => ({
        agentId: agentId(`3669f2a1-S${at}`),
        hostname: foreign,
        state: 'gone',
        tasks: null,
        open: null,
        others: 0,
        refusal,
      })),
    },
  ];
}

function cards(foreign: string, many: <T>(make: (at: number) => T) => T[], faces: DrainFace[]): PlanCard[] {
  const states: ReactivationState[] = Object.values(reactivationStates);
  const lines = many((at): PlanCardLine => {
    const who = { agentId: agentId(`3669f2a1-S${at}`), hostname: foreign };
    const face = faces[at % faces.length];
    const state = states[at % states.length];
    if (at % 6 === 0) return { ...who, is: 'todo', tasks: at };
    if (at % 6 === 1) return { ...who, is: 'dropped', tasks: null };
    if (at % 6 === 2)
      return { ...who, is: 'refused', why: { code: 'master-unreadable', cluster: foreign, why: foreign } };
    if (at % 6 === 3 && state !== undefined) return { ...who, is: 'reactivation', state };
    if (at % 6 === 4) return { ...who, is: 'unknown' };
    return {
      ...who,
      is: 'drain',
      card: {
        drain: drainId(at + 1),
        way: at % 4 === 1 ? 'deactivate' : 'drain',
        state: face ?? { status: 'calling' },
        tasksLeft: at % 5 === 0 ? null : 2,
        tasksAtStart: at % 7 === 0 ? null : 8,
      },
    };
  });
  const base: Omit<PlanCard, 'work' | 'state'> = {
    plan: planId(3),
    cluster: clusterName('prod'),
    requester: { ...person, name: foreign },
    reason: foreign,
    approved: { approval: approvalId(9), by: [person] },
    lines,
    startedAt: earlier,
    until: now,
    expectedEnd: later,
    checkedAt: now,
  };
  return works.flatMap((work): PlanCard[] => [
    { ...base, work, state: { status: 'running' } },
    ...hours.map(
      (hour): PlanCard => ({ ...base, work, approved: null, state: { status: 'scheduled', hour } }),
    ),
    {
      ...base,
      work,
      state: { status: 'proposed' },
      reason: null,
      approved: null,
      expectedEnd: null,
      checkedAt: null,
    },
    { ...base, work, state: { status: 'ended', end: { kind: 'done' } } },
  ]);
}
