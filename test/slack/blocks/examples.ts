import type { RegisteredAgent } from '../../../src/domain/agent.ts';
import type { DrainCard, DrainFace } from '../../../src/domain/drain/card.ts';
import type { Cause } from '../../../src/domain/drain/cause.ts';
import type { DrainEnd } from '../../../src/domain/drain.ts';
import type { Usual } from '../../../src/domain/history/usual.ts';
import {
  type AgentId,
  agentId,
  approvalId,
  channelId,
  clusterName,
  drainId,
  frameworkId,
  incidentId,
  masterId,
  planId,
  seconds,
} from '../../../src/domain/ids.ts';
import type { Notice, PolicyNews } from '../../../src/domain/notice.ts';
import type { Spread } from '../../../src/domain/preview/spread.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import type { ReactivationNews } from '../../../src/domain/reactivation/news.ts';
import type { ReactivationEnd, ReturnCause } from '../../../src/domain/reactivation.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import {
  approvalNotices,
  approvalRefusals,
  promptExample,
  promptExamples,
  promptFaces,
  promptLine,
} from './approval-examples.ts';
import { auditExamples } from './audit-examples.ts';
import {
  deactivationCards,
  deactivationNotices,
  deactivationRefusals,
  heldCauses,
} from './deactivation-examples.ts';
import { machinesPlanNotices, machinesPlanRefusals } from './machines-plan-examples.ts';
import { maintenanceNotices } from './maintenance-examples.ts';
import { goneCards, markGoneNotices } from './mark-gone-examples.ts';
import { earlier, hours, later, now, person, requester } from './moments.ts';
import { outsideNotices } from './outside-examples.ts';
import { agentsPlanNotices, hourRefusals, openKinds, planRefusals } from './plan-examples.ts';
import { planNotices } from './plan-prompt-examples.ts';
import { restoredNotices } from './restored-examples.ts';
import { rollingNotices } from './rolling-examples.ts';
import { rollingProposals } from './rolling-proposal-examples.ts';
import { stayNotices } from './stay-examples.ts';

export { now, requester } from './moments.ts';

const usuals: (Usual | null)[] = [
  { told: 'nothing' },
  { told: 'few', seconds: [9] },
  { told: 'few', seconds: [9, 4000] },
  { told: 'quantiles', of: 50, p50: 12, p90: 400 },
  null,
  { told: 'nothing' },
];

/** One of everything that people can be told, with `foreign` in each place that comes from outside, and lists `long`
 * entries long. */
export function examples(foreign: string, long: number) {
  const id = agentId('3669f2a1-b0f5-4f5e-9c8a-000000000000-S12');
  const agent = { agentId: id, hostname: foreign, state: 'active' };
  const many = <T>(one: (at: number) => T): T[] => Array.from({ length: long }, (_, at) => one(at));

  const operations = many((at) => ({
    type: foreign,
    id: foreign,
    framework: at % 2 === 0 ? foreign : null,
    resourceProvider: at % 2 === 0 ? null : foreign,
  }));
  const inGrace = many(() => ({ name: foreign, framework: foreign, state: foreign, until: later }));
  const leader = masterId('m-1');

  const causes: Cause[] = [
    { code: 'master-silent', why: foreign },
    { code: 'recovering' },
    { code: 'unreachable', since: earlier },
    { code: 'not-listed', why: foreign },
    { code: 'tasks-in-grace', by: 'agent', tasks: long, until: later, named: inGrace },
    { code: 'tasks-in-grace', by: 'master', tasks: 3, until: null, named: [] },
    {
      code: 'tasks-overdue',
      by: 'master',
      since: earlier,
      tasks: many(() => ({ name: foreign, framework: foreign, state: 'TASK_KILLING' })),
      count: long,
    },
    {
      code: 'unacknowledged',
      by: 'agent',
      tasks: 2,
      frameworks: many((at) => ({
        id: foreign,
        name: foreign,
        connected: [true, false, null][at % 3] ?? null,
        since: at % 3 === 2 ? null : earlier,
        failoverTimeoutSeconds: [604_800, 0, null][at % 3] ?? null,
        webUrl: at % 2 === 0 ? 'https://web.example/' : null,
        tasks: many(() => foreign),
        count: long,
      })),
    },
    { code: 'operations-pending', by: 'agent', operations: long, named: operations },
    {
      code: 'agent-still-busy',
      executors: long,
      tasks: 1,
      operations: long,
      draining: true,
      named: many(() => ({ framework: foreign, executors: many(() => foreign) })),
      pending: operations,
    },
    {
      code: 'agent-still-busy',
      executors: 0,
      tasks: 0,
      operations: 0,
      draining: true,
      named: [],
      pending: [],
    },
    ...([null, 'marks-gone', 'version-1.9'] as const).flatMap((held) =>
      [0, 1, 5].map(
        (nudges): Cause => ({
          code: 'missed-check',
          by: nudges === 1 ? 'master' : 'agent',
          leader,
          nudges,
          held,
        }),
      ),
    ),
    ...heldCauses(foreign, long),
    { code: 'not-known', why: foreign },
  ];

  const ends: DrainEnd[] = [
    { kind: 'rejected', httpStatus: 400, body: foreign },
    { kind: 'not-applied' },
    { kind: 'superseded', shown: { state: 'DRAINING', maxGraceNs: 6e11, markGone: true } },
    { kind: 'superseded', shown: { state: 'DRAINED', maxGraceNs: null, markGone: false } },
    { kind: 'superseded', shown: 'deactivated' },
    { kind: 'upgraded', to: drainId(18) },
    { kind: 'reactivated' },
    { kind: 'reactivated', away: true },
    { kind: 'reactivated', by: { ...person, name: foreign } },
    { kind: 'gone', goneAt: earlier },
    { kind: 'gone', goneAt: earlier, by: { ...person, name: foreign } },
    { kind: 'removed' },
    { kind: 'removed', down: { hostname: foreign, ip: foreign } },
    { kind: 'replaced', by: agentId('3669f2a1-S77') },
    { kind: 'given-up', by: person, reason: foreign },
    { kind: 'lost-sight', forDays: 7 },
  ];

  const returnCauses: ReturnCause[] = [
    { code: 'master-silent', why: foreign },
    { code: 'recovering' },
    { code: 'unreachable', since: earlier },
    { code: 'disconnected' },
    { code: 'not-listed', why: foreign },
    { code: 'agent-draining' },
    { code: 'agent-silent', why: foreign },
  ];
  const returnEnds: ReactivationEnd[] = [
    { kind: 'active', agentNotAsked: null },
    { kind: 'active', agentNotAsked: foreign },
    { kind: 'rejected', httpStatus: 403, body: foreign },
    { kind: 'rejected', httpStatus: null, body: foreign },
    { kind: 'not-applied' },
    { kind: 'taken-out-again', shown: 'deactivated' },
    { kind: 'taken-out-again', shown: { state: 'DRAINING', maxGraceNs: 6e11, markGone: true } },
    { kind: 'gone', goneAt: earlier },
    { kind: 'removed' },
    { kind: 'replaced', by: agentId('3669f2a1-S77') },
    { kind: 'lost-sight', forDays: 7 },
  ];
  const returnNews: ReactivationNews[] = [
    { news: 'asked', reason: foreign, away: null, agentNotAsked: foreign, others: many(() => agent) },
    { news: 'asked', reason: null, away: 'unreachable', agentNotAsked: null, others: [] },
    { news: 'asked', reason: null, away: 'recovered', agentNotAsked: null, others: [] },
    { news: 'accepted', away: false },
    { news: 'accepted', away: true },
    { news: 'unknown', why: foreign },
    { news: 'effect-seen' },
    ...returnCauses.map((cause) => ({ news: 'waiting' as const, cause, since: earlier })),
    ...returnCauses.map((cause) => ({ news: 'still-unknown' as const, cause, since: earlier })),
    ...returnEnds.map((end) => ({ news: 'ended' as const, end })),
    { news: 'begun', permalink: 'https://x.slack.com/archives/C1/p1' },
    { news: 'begun', permalink: null },
  ];

  const refusals: Refusal[] = [
    {
      code: 'bad-command',
      problems: many(() => ({
        at: 6,
        length: 4,
        what: foreign,
        allowed: many(() => foreign),
        nearest: foreign,
      })),
      typed: foreign,
      example: 'drain agent3',
    },
    { code: 'which-cluster', clusters: ['east', foreign] },
    { code: 'no-such-cluster', typed: foreign, near: 'east', clusters: ['east', 'west'] },
    { code: 'no-such-cluster', typed: foreign, near: null, clusters: ['east', 'west'] },
    { code: 'other-clusters-work', work: 'd17', cluster: 'east', named: foreign },
    { code: 'cluster-not-configured', work: 'd17', cluster: foreign, clusters: ['west'] },
    { code: 'name-not-typed', cluster: foreign },
    { code: 'not-operator', user: requester, operatorsConfigured: true },
    { code: 'not-operator', user: requester, operatorsConfigured: false },
    { code: 'person-unknown', why: foreign },
    ...(['bot', 'guest', 'deactivated', 'other-workspace', 'no-team'] as const).map((why) => ({
      code: 'not-a-member-of-workspace' as const,
      why,
    })),
    { code: 'channel-not-allowed', allowed: ['C0MESOSOPS', foreign] },
    { code: 'channel-not-allowed', allowed: [] },
    { code: 'direct-message' },
    { code: 'shared-channel' },
    { code: 'bot-not-in-channel' },
    { code: 'channel-unknown', why: foreign },
    { code: 'not-recorded', why: 'slow' },
    { code: 'not-recorded', why: { code: 'SQLITE_FULL', toDo: 'The disk is full: make room.' } },
    { code: 'picked-up-late', afterSeconds: 75 },
    { code: 'too-many-commands', retryAfterSeconds: 20 },
    ...deactivationRefusals(agent, foreign),
    ...approvalRefusals(foreign, long),
    { code: 'no-such-agent', typed: foreign, near: many(() => agent) },
    { code: 'no-such-agent', typed: foreign, near: [] },
    { code: 'ambiguous-agent', typed: foreign, candidates: many(() => agent) },
    {
      code: 'targets-unclear',
      each: [
        ...many(() => ({ code: 'no-such-agent' as const, typed: foreign, near: many(() => agent) })),
        { code: 'no-such-agent', typed: foreign, near: [] },
        { code: 'ambiguous-agent', typed: foreign, candidates: many(() => agent) },
      ],
    },
    { code: 'no-such-plan', typed: foreign, near: [] },
    { code: 'no-such-plan', typed: foreign, near: many(() => planId(3)) },
    { code: 'plan-settled', plan: planId(3), how: foreign },
    { code: 'not-your-plan', plan: planId(3) },
    ...planRefusals(foreign),
    ...machinesPlanRefusals(foreign),
    {
      code: 'nothing-selected',
      registered: 40,
      parts: many(() => ({ shown: foreign, matches: 0, near: many(() => foreign) })),
    },
    {
      code: 'nothing-selected',
      registered: 1,
      parts: [{ shown: 'rack=r1', matches: 1, near: [] }],
    },
    ...(['gone', 'absent', 'unreadable'] as const).map((why) => ({
      code: 'agent-not-drainable' as const,
      agent,
      why,
      detail: foreign,
    })),
    {
      code: 'already-open',
      drain: drainId(17),
      agent,
      permalink: 'https://x.slack.com/archives/C1/p1?a=1&b=2',
    },
    { code: 'already-draining', agent, state: 'DRAINING', maxGraceSeconds: 600, ours: null },
    { code: 'already-draining', agent, state: 'DRAINED', maxGraceSeconds: null, ours: null },
    { code: 'scheduled-for-maintenance', agent, machine: foreign },
    { code: 'cannot-drain-capability', agent, version: foreign },
    { code: 'database-restored', since: now },
    { code: 'no-anchor-channel' },
    { code: 'anchors-not-known', why: foreign },
    { code: 'limit-reached', limit: 'cluster', allowed: 3, open: many((at) => drainId(at + 1)) },
    { code: 'limit-reached', limit: 'rack', allowed: 1, open: [drainId(4)] },
    {
      code: 'limit-reached',
      limit: { attribute: foreign, value: foreign },
      allowed: 1,
      open: [drainId(4)],
    },
    { code: 'not-deactivated', agent },
    { code: 'taken-out-since', agent, drain: drainId(4), permalink: null },
    ...hourRefusals(foreign),
    ...(['master', 'agent'] as const).map((says) => ({ code: 'still-draining' as const, agent, says })),
    ...(['gone', 'absent', 'unreadable'] as const).map((why) => ({
      code: 'agent-not-reactivatable' as const,
      agent,
      why,
      detail: foreign,
    })),
    { code: 'old-master-would-crash', agent, version: foreign, why: foreign },
    { code: 'drain-in-the-way', agent, drain: drainId(17), permalink: null },
    { code: 'reactivation-open', agent, permalink: null },
    { code: 'no-such-drain', typed: foreign, near: many((at) => drainId(at + 1)) },
    { code: 'no-such-drain', typed: foreign, near: [] },
    { code: 'no-such-drain', typed: foreign, near: [], archive: foreign },
    { code: 'drain-ended', drain: drainId(17), end: foreign },
    { code: 'call-under-way', drain: drainId(17) },
    { code: 'cannot-cancel-drain', drain: drainId(17) },
    ...(['approved', 'changed', 'not-shorter', 'too-short', 'deactivation'] as const).map(
      (why, at): Refusal => ({
        code: 'cannot-hasten',
        drain: drainId(17),
        why,
        approval: at % 2 === 0 ? approvalId(9) : null,
        maxGraceSeconds: at % 2 === 0 ? 600 : null,
      }),
    ),
    { code: 'master-unreadable', cluster: foreign, why: foreign },
  ];

  const room = { cpus: 8, mem: 32_768, disk: 100_000, gpus: 0 };
  const registered: RegisteredAgent = {
    agentId: id,
    hostname: foreign,
    address: { ip: '10.0.0.12', port: 5051 },
    attributes: Object.fromEntries(many((at) => [`${foreign}${at}`, foreign])),
    version: '1.11.0',
    active: true,
    deactivated: false,
    canDrain: true,
    drain: null,
    drainStartedAt: null,
    total: room,
    used: { ...room, cpus: 2.125 },
    held: [],
  };
  const framework = {
    id: frameworkId('fw-1'),
    name: foreign,
    connected: true,
    failoverTimeoutSeconds: null,
    webUrl: null,
    partitionAware: true,
    knowsTaskKilling: true,
  };
  const task = {
    name: foreign,
    state: 'TASK_RUNNING',
    graceSeconds: 30,
    graceFrom: 'kill-policy' as const,
    ownGraceSeconds: 30,
    executor: 'command' as const,
  };
  const calm: Preview = {
    cluster: clusterName('prod'),
    at: now,
    subject: { kind: 'registered', agent: registered },
    maxGrace: seconds(600),
    markGone: false,
    unattended: false,
    agentNotAsked: null,
    groups: {
      known: true,
      value: [
        { framework, tasks: [task, task] },
        { framework: { ...framework, name: 'chronos' }, tasks: [{ ...task, graceFrom: 'executor-default' }] },
      ],
    },
    expectedEnd: later,
    scheduled: { known: true, value: null },
    pendingOperations: { known: true, value: 0 },
    held: { known: true, value: [] },
    master: { known: true, value: { version: '1.12.0', canDrain: true } },
    openDrain: null,
    alsoKnownAs: [],
    unlisted: null,
    beyond: null,
  };
  const worried: Preview = {
    ...calm,
    subject: {
      kind: 'registered',
      agent: {
        ...registered,
        active: false,
        canDrain: false,
        drain: { state: 'DRAINING', maxGraceNs: 6e11, markGone: true },
      },
    },
    maxGrace: seconds(3),
    markGone: true,
    groups: {
      known: true,
      value: many(() => ({ framework: { ...framework, connected: false }, tasks: many(() => task) })),
    },
    expectedEnd: null,
    scheduled: { known: true, value: foreign },
    pendingOperations: { known: true, value: 2 },
    held: {
      known: true,
      value: many((at) =>
        at % 2 === 0
          ? { kind: 'volume', id: foreign, role: foreign, sizeMb: 2048 }
          : { kind: 'reservation', role: foreign, resource: foreign, amount: 1.5 },
      ),
    },
    beyond: {
      spread: [
        ...many((at): Spread => {
          const name = at % 2 === 0 ? foreign : null;
          const value = {
            told: 'names' as const,
            names: many((here) => ({ name: foreign, here, elsewhere: 0 })),
          };
          return { framework: foreign, name, thin: { known: true, value } };
        }),
        { framework: foreign, name: foreign, thin: { known: false, why: foreign } },
        { framework: foreign, name: null, thin: { known: true, value: { told: 'unique-names' } } },
      ],
      usual: usuals.map((usual) => ({ framework: foreign, name: usual === null ? null : foreign, usual })),
      room: {
        known: true,
        value: {
          asOf: earlier,
          agents: 3,
          uncounted: 1,
          free: room,
          needed: { ...room, gpus: 9 },
          misfits: { count: 2, largest: { name: foreign, needs: room } },
        },
      },
      work: many((at) => ({
        work: at % 2 === 0 ? { what: 'drain', drain: drainId(9), way: 'drain' } : { what: 'mark-gone' },
        agentId: id,
        hostname: foreign,
        sameAgent: false,
        rack: foreign,
        frameworks: [foreign],
        permalink: foreign,
      })),
    },
    master: { known: true, value: { version: foreign, canDrain: false } },
    openDrain: drainId(17),
    alsoKnownAs: many(() => ({ agentId: foreign, state: foreign })),
    unlisted: { cpus: 9.75, mem: 12_288 },
  };
  const unread: Preview = {
    ...calm,
    groups: { known: false, why: foreign },
    scheduled: { known: false, why: foreign },
    pendingOperations: { known: false, why: foreign },
    held: { known: false, why: foreign },
    expectedEnd: null,
    maxGrace: null,
    agentNotAsked: foreign,
    master: { known: false, why: foreign },
  };
  const unattended: Preview = { ...calm, markGone: true, unattended: true };
  const empty: Preview = { ...calm, markGone: true };
  const unnamed = { id: foreign, name: null, why: foreign };
  const away = (['unreachable', 'recovered', 'gone', 'absent', 'unexplained'] as const).map(
    (state): Preview => ({
      ...calm,
      subject: {
        kind: 'away',
        known: {
          agentId: id,
          hostname: foreign,
          address: null,
          attributes: {},
          held: [],
          state: 'unlisted',
          room: null,
          lastSeenAt: earlier,
        },
        state,
        since: earlier,
      },
      groups: { known: true, value: [{ framework: unnamed, tasks: [task] }] },
    }),
  );
  const goneAway = away.map((preview): Preview => ({ ...preview, markGone: true, unattended: true }));
  const previews = [calm, worried, unread, ...away, unattended, empty, ...goneAway];

  const ordered = (at: number) => ({
    markGone: at % 3 === 0,
    approved: at % 2 === 0 ? null : { approval: approvalId(9), by: [person] },
    tookOver: at % 2 === 0 ? drainId(16) : null,
  });

  const card = (state: DrainFace, rest: Partial<DrainCard> = {}): DrainCard => ({
    drain: drainId(17),
    way: 'drain',
    tookOver: null,
    cluster: clusterName('prod'),
    agentId: id,
    hostname: foreign,
    requester: { ...person, name: foreign },
    reason: foreign,
    maxGraceSeconds: 600,
    markGone: false,
    goneNext: false,
    approved: null,
    votes: null,
    marking: null,
    dropped: null,
    state,
    tasksLeft: 4,
    tasksAtStart: 8,
    startedAt: earlier,
    until: now,
    expectedEnd: later,
    checkedAt: now,
    ...rest,
  });
  const cards: DrainCard[] = [
    card({ status: 'calling' }, { tasksLeft: null, checkedAt: null, expectedEnd: null, reason: null }),
    card(
      { status: 'checking', why: foreign },
      { tasksLeft: null, tasksAtStart: null, maxGraceSeconds: null },
    ),
    card({ status: 'draining', waiting: null, masterSaysDrained: false, changing: null }),
    card({ status: 'draining', waiting: null, masterSaysDrained: false, changing: null }, { tasksLeft: 9 }),
    card(
      { status: 'draining', waiting: null, masterSaysDrained: false, changing: null },
      { tasksAtStart: null },
    ),
    card(
      { status: 'draining', waiting: null, masterSaysDrained: false, changing: null },
      { tasksAtStart: 0, tasksLeft: 0 },
    ),
    card(
      { status: 'draining', waiting: null, masterSaysDrained: true, changing: null },
      { tasksLeft: 0, expectedEnd: earlier },
    ),
    ...causes.map((waiting) =>
      card({ status: 'draining', waiting, masterSaysDrained: false, changing: null }),
    ),
    card({ status: 'drained', proof: { by: 'master-and-agent' } }, { tasksLeft: 0 }),
    card({ status: 'drained', proof: { by: 'master-only', agentNotAsked: foreign } }, { tasksLeft: 0 }),
    ...ends.map((end, at) => card({ status: 'ended', end, wasDrained: at % 2 === 0 })),
    ...goneCards(card, ends, foreign),
    ...deactivationCards(card, { causes, ends, foreign }),
  ];

  const permalink = 'https://playground.slack.com/archives/C0MESOSOPS/p1700000000000100';
  const base = { drain: drainId(17), hostname: foreign };
  const full = { ...base, agentId: id as AgentId };
  const plainDrain = { markGone: false, goneNext: false, approved: null };
  const prompts = promptExamples(foreign, long);

  const filter = {
    agent: foreign,
    cluster: clusterName('prod'),
    by: requester,
    command: 'drain',
    since: now,
    until: now,
  } as const;
  const notices: Notice[] = [
    ...refusals.map((refusal): Notice => ({ kind: 'refused', refusal, typed: foreign })),
    ...[null, 'drain', 'audit', foreign].map(
      (topic): Notice => ({
        kind: 'help',
        topic,
        clusters: topic === 'drain' ? ['prod'] : ['prod', foreign],
      }),
    ),
    {
      kind: 'agents',
      cluster: clusterName('prod'),
      agents: many((at) => ({
        agentId: agentId(`3669f2a1-S${at}`),
        hostname: `${foreign}${at}`,
        state: (['active', 'draining', 'unreachable'] as const)[at % 3] ?? 'active',
        attributes: { [foreign]: foreign, rack: 'r1' },
        since: at % 3 === 1 ? { at: now, by: at % 2 === 0 ? 'outside' : requester } : null,
        tasks: at % 2 === 0 ? null : at,
        open: openKinds[at % openKinds.length] ?? null,
      })),
      of: 900,
      from: 40,
      states: [
        { state: 'active', agents: 860 },
        { state: 'draining', agents: 40 },
      ],
      words: 'agents rack=r12',
      asOf: now,
      filtered: true,
    },
    ...[true, false].map(
      (filtered): Notice => ({
        kind: 'agents',
        cluster: clusterName('prod'),
        agents: [],
        of: 0,
        from: 0,
        states: [],
        words: 'agents',
        asOf: now,
        filtered,
      }),
    ),
    {
      kind: 'status',
      cluster: clusterName('prod'),
      brake: { out: 3, of: 9, notKnown: 1, percent: 20, listed: earlier },
      lines: many((at) => ({ card: cards[at % cards.length] ?? card({ status: 'calling' }), permalink })),
      prompts: many((at) => promptLine(prompts, at)),
      plans: many((at) => ({
        plan: planId(3),
        does:
          at % 2 === 0
            ? { of: 'agents' as const, work: { do: 'deactivate' as const } }
            : { of: 'machines' as const, work: { do: 'clear' as const } },
        hostnames: many(() => foreign),
        done: at % 2 === 0 ? { lines: 1, of: 4 } : null,
        ...(at % 3 === 0 ? { hour: hours[at % 2] ?? { at: later, zone: null } } : {}),
        ...(at === 0 ? { wave: { at: 2, of: 3, halt: 'gate' as const } } : {}),
        requester,
        permalink,
      })),
      others: many((at) => ({
        what: at % 2 === 0 ? 'reactivation' : 'mark-gone',
        agentId: id,
        hostname: foreign,
        requester,
        permalink: at % 3 === 0 ? null : permalink,
      })),
      master: { reachable: true, leader: foreign, version: '1.11.0' },
      restored: earlier,
      at: now,
    },
    {
      kind: 'status',
      cluster: clusterName('prod'),
      lines: [],
      brake: null,
      prompts: [],
      others: [],
      master: { reachable: false, why: foreign, since: earlier, swept: null },
      restored: null,
      at: now,
    },
    // As their cards, which are all shown further down.
    ...cards
      .filter((_, at) => at % 4 === 0)
      .map((each): Notice => ({ kind: 'status-of-drain', card: each, permalink, scheduled: foreign })),
    ...previews.map(
      (preview, at): Notice => ({ kind: 'preview', preview, dryRun: at % 2 === 0, file: at % 3 === 0 }),
    ),
    ...auditExamples(foreign, long, permalink),
    {
      kind: 'whoami',
      person: { ...person, name: foreign },
      clusters: [
        {
          cluster: clusterName('prod'),
          operator: true,
          approver: true,
          channelAllowed: true,
          why: [],
          rules: {
            trouble: foreign,
            frozen: [{ name: foreign, until: now, kinds: ['drain', 'mark-gone'] }],
            needed: 2,
            oneOf: true,
            kinds: ['deactivate'],
            agentsOver: 1,
            graceUnderSeconds: 90,
            hours: { words: foreign, now: true },
            limits: { drainsAtOnce: 1, per: [{ attribute: foreign, allowed: 1 }] },
            reason: { words: foreign, example: foreign },
            nameMustBeTyped: true,
          },
        },
      ],
    },
    {
      kind: 'whoami',
      person,
      clusters: [
        {
          cluster: clusterName('prod'),
          operator: false,
          approver: false,
          channelAllowed: false,
          why: refusals,
        },
      ],
    },
    {
      kind: 'whoami',
      person,
      clusters: ['east', 'west'].map((name, at) => ({
        cluster: clusterName(name),
        operator: at === 0,
        approver: at === 1,
        channelAllowed: true,
        why: [],
      })),
    },
    { kind: 'closed', drain: drainId(17) },
    {
      kind: 'on-cluster',
      cluster: clusterName('prod'),
      answer: { kind: 'closed', drain: drainId(17) },
    },
    ...approvalNotices(foreign),
    ...planNotices(foreign, long),
    ...rollingNotices(foreign, long),
    ...rollingProposals(foreign, long),
    ...agentsPlanNotices(
      foreign,
      long,
      cards.map(({ state }) => state),
    ),
    ...prompts.map(
      (prompt, at): Notice => ({ kind: 'prompt', prompt, preview: previews[at % previews.length] ?? calm }),
    ),
    ...promptFaces(foreign).map(
      (state, at): Notice => ({
        kind: 'status-of-approval',
        line: promptLine([promptExample(foreign, { state })], at),
      }),
    ),
    ...markGoneNotices(foreign),
    ...(['no', 'yes', 'not-known'] as const).map(
      (sent): Notice => ({ kind: 'fault', incident: incidentId('7f3a'), sent }),
    ),
    { kind: 'not-logged', answer: { kind: 'closed', drain: drainId(17) } },
    ...cards.map((each): Notice => ({ kind: 'drain-card', card: each, preview: null })),
    ...previews.map(
      (preview): Notice => ({ kind: 'drain-card', card: card({ status: 'calling' }), preview }),
    ),
    ...previews.map(
      (preview): Notice => ({
        kind: 'drain-card',
        card: card({ status: 'calling' }, { way: 'deactivate' }),
        preview,
      }),
    ),
    { kind: 'call-accepted', ...full, ...plainDrain, maxGraceSeconds: 600, tasks: 3, expectedEnd: later },
    {
      kind: 'call-accepted',
      ...full,
      ...plainDrain,
      maxGraceSeconds: null,
      tasks: null,
      expectedEnd: null,
    },
    { kind: 'call-unknown', ...base, why: foreign },
    { kind: 'effect-seen', ...base },
    { kind: 'progress', ...base, left: 2, of: 8, at: now },
    ...[null, 1, 2].map((left) => ({
      kind: 'framework-slow' as const,
      ...base,
      framework: foreign,
      left,
      of: 2,
      seconds: 300,
      usual: { drains: 14, p50: 12, p90: 40 },
    })),
    ...causes.map(
      (cause): Notice => ({ kind: 'waiting', ...base, cause, since: earlier, at: now, requester }),
    ),
    ...causes.map((was): Notice => ({ kind: 'moving-again', ...base, was })),
    { kind: 'looked-again', ...base, gap: { from: earlier, to: later } },
    {
      kind: 'still-unknown',
      ...base,
      cause: { code: 'master-silent', why: foreign },
      since: earlier,
      at: now,
      requester,
    },
    {
      kind: 'drained',
      ...full,
      proof: { by: 'master-and-agent' },
      requester,
      tookSeconds: 192,
      tasks: 3,
      goneNext: false,
    },
    {
      kind: 'drained',
      ...full,
      proof: { by: 'master-and-agent' },
      requester,
      tookSeconds: 192,
      tasks: 3,
      goneNext: false,
      thenDown: planId(4),
    },
    {
      kind: 'drained',
      ...full,
      proof: { by: 'master-only', agentNotAsked: foreign },
      requester,
      tookSeconds: 5400,
      tasks: null,
      goneNext: false,
    },
    ...ends.map(
      (end, at): Notice => ({
        kind: 'ended',
        ...full,
        end,
        wasDrained: at % 2 === 1,
        requester,
        ...ordered(at),
      }),
    ),
    ...[drainId(17), null].flatMap((drain) =>
      returnNews.map(
        (news): Notice => ({
          kind: 'reactivation',
          about: { agentId: id, hostname: foreign, requester, drain },
          news,
        }),
      ),
    ),
    ...deactivationNotices({ causes, ends, foreign }),
    { kind: 'maybe-repeat', notice: { kind: 'effect-seen', ...base } },
    ...[true, false].map(
      (found): Notice => ({ kind: 'audit-exporting', format: 'csv', filter, upTo: 412, found }),
    ),
    { kind: 'audit-export', format: 'jsonl', filter, upTo: 412 },
    {
      kind: 'snippet',
      title: foreign,
      fileName: foreign,
      text: Array.from({ length: long }, () => foreign).join('\n'),
    },
    {
      kind: 'ops',
      what: { matter: 'undeliverable', channel: channelId('C0MESOSOPS'), why: foreign, notice: foreign },
    },
    { kind: 'ops', what: { matter: 'fault', incident: incidentId('7f3a'), where: foreign, why: foreign } },
    ...maintenanceNotices(foreign, long),
    ...machinesPlanNotices(foreign),
    ...outsideNotices(foreign),
    ...restoredNotices(foreign),
    ...stayNotices(foreign, long),
    ...[0, 1, 12].flatMap((commands): Notice[] => [
      {
        kind: 'ops',
        what: { matter: 'store-down', since: now, code: 'SQLITE_FULL', toDo: 'Make room.', commands },
      },
      { kind: 'ops', what: { matter: 'store-recovered', from: now, to: now, code: 'SQLITE_FULL', commands } },
    ]),
    { kind: 'ops', what: { matter: 'commands-limited', user: requester, count: 12 } },
    ...policyNews(foreign).map((news): Notice => ({ kind: 'ops', what: { matter: 'policy', news } })),
  ];
  return {
    notices: [...notices, { kind: 'several', notices: notices.slice(-40) } satisfies Notice],
    refusals,
    causes,
    ends,
    calm,
  };
}

function policyNews(foreign: string): PolicyNews[] {
  const change = { setting: foreign, was: foreign, is: foreign };
  const clusters = [{ cluster: clusterName('prod'), changes: [change, change] }];
  return [
    { what: 'changed', clusters, restored: true, restart: [foreign] },
    { what: 'broken', problems: [foreign, foreign] },
  ];
}
