import type { Drift } from '../../../src/domain/approval/drift.ts';
import type { Loss } from '../../../src/domain/approval/loss.ts';
import type { ApprovalNews } from '../../../src/domain/approval/news.ts';
import type { AgentPrompt, PromptFace } from '../../../src/domain/approval/prompt.ts';
import type { Act, Settlement, VoteRefusal } from '../../../src/domain/approval.ts';
import {
  agentId,
  approvalId,
  clusterName,
  drainId,
  instant,
  seconds,
  userGroupId,
} from '../../../src/domain/ids.ts';
import type { AmendNews, Notice, PromptLine } from '../../../src/domain/notice.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { collisions } from './collision-examples.ts';
import { approved, approver, approving, markings } from './mark-gone-examples.ts';
import { earlier, hours, later, now, person, requester } from './moments.ts';

export { approver, approving };

const id = agentId('3669f2a1-b0f5-4f5e-9c8a-000000000000-S12');
const permalink = 'https://playground.slack.com/archives/C0MESOSOPS/p1700000000000100';
const many = <T>(long: number, one: (at: number) => T): T[] =>
  Array.from({ length: long }, (_, at) => one(at));

export const acts: Act[] = [
  { kind: 'drain', maxGrace: seconds(0) },
  { kind: 'drain', maxGrace: null },
  { kind: 'drain-then-gone', maxGrace: seconds(600) },
  { kind: 'drain-then-gone', maxGrace: null },
  { kind: 'drain-unattended', maxGrace: seconds(600) },
  { kind: 'mark-gone', now: false },
  { kind: 'mark-gone', now: true },
];

export function drifts(foreign: string): Drift[] {
  const framework = { framework: 'fw-1', name: foreign, tasks: 7 };
  return [
    { what: 'volume', held: { kind: 'volume', id: foreign, role: foreign, sizeMb: 2048 } },
    { what: 'reservation', held: { kind: 'reservation', role: foreign, resource: foreign, amount: 1.5 } },
    { what: 'framework', framework },
    { what: 'framework', framework: { ...framework, framework: foreign, name: null } },
    { what: 'more-tasks', framework, shown: 2 },
    { what: 'alive' },
    { what: 'away' },
    { what: 'not-known', fact: 'held', why: foreign },
    { what: 'not-known', fact: 'tasks', why: foreign },
    { what: 'hostname', shown: foreign, now: `${foreign}2` },
    { what: 'address', shown: foreign, now: 'not known' },
    { what: 'leader' },
    { what: 'drain-begun-anew' },
    { what: 'master-word-only', why: foreign },
    { what: 'not-empty', why: foreign },
    { what: 'not-entitled' },
    { what: 'line', agentId: id, hostname: foreign, drift: { what: 'alive' } },
    { what: 'agent-missing', agentId: id, hostname: foreign },
    { what: 'machine-missing', machine: { hostname: foreign, ip: foreign } },
    { what: 'agent-new', agentId: id, hostname: foreign },
  ];
}

export function settlements(foreign: string): Settlement[] {
  const agent = { agentId: id, hostname: foreign, state: 'active' };
  return [
    { how: 'used', by: [approver] },
    { how: 'denied', by: approver },
    { how: 'withdrawn', by: person },
    { how: 'stopped', by: approver },
    { how: 'taken-back', by: approver },
    { how: 'expired' },
    { how: 'late', limit: seconds(900) },
    { how: 'late', limit: seconds(86_400) },
    { how: 'changed', what: drifts(foreign) },
    { how: 'refused', refusal: { code: 'ambiguous-agent', typed: foreign, candidates: [agent] } },
    { how: 'refused', refusal: { code: 'not-operator', user: requester, operatorsConfigured: true } },
    { how: 'refused', refusal: { code: 'bad-command', problems: [], typed: foreign, example: 'whoami' } },
    ...(['deleted', 'closed', 'shared', 'undeliverable', 'left', 'archived'] as const).map((why) => ({
      how: 'no-prompt' as const,
      why,
    })),
    { how: 'drain-ended', end: foreign },
    { how: 'plan-ended', end: foreign },
    { how: 'restored', shown: 'open' },
  ];
}

export function losses(foreign: string, long: number): Loss[] {
  const held = {
    known: true as const,
    value: many(long, (at) =>
      at % 2 === 0
        ? { kind: 'volume' as const, id: foreign, role: foreign, sizeMb: 2048 }
        : { kind: 'reservation' as const, role: foreign, resource: foreign, amount: 1.5 },
    ),
  };
  const tasks = {
    known: true as const,
    value: many(long, (at) => ({ framework: foreign, name: at % 2 === 0 ? foreign : null, tasks: at })),
  };
  const unknown = { known: false as const, why: foreign };
  const none = { known: true as const, value: [] };
  return [
    { alive: true, held, tasks: null },
    { alive: true, held: none, tasks: null },
    { alive: true, held: unknown, tasks: null },
    { alive: true, held, tasks },
    { alive: false, held: none, tasks: none },
    { alive: false, held: none, tasks: unknown },
    { alive: true, held: unknown, tasks },
    { alive: false, held: unknown, tasks: unknown },
  ];
}

/** Of whom one must be among the votes. */
export const leads = { users: [approver.userId], groups: [userGroupId('S0LEADS001')] };

export function promptFaces(foreign: string): PromptFace[] {
  const until = instant(now + 30_000);
  return [
    { status: 'open', by: [], objections: [], missing: { votes: 1, oneOf: null } },
    {
      status: 'open',
      by: [approver],
      objections: [{ ...approver, name: foreign }, person],
      missing: { votes: 0, oneOf: leads },
    },
    { status: 'holding', by: [approver], until },
    { status: 'standing', by: [approver, person] },
    ...settlements(foreign).flatMap((how, at): PromptFace[] => [
      { status: 'settled', how, wasStanding: false, again: at % 2 === 0 ? approvalId(10) : null },
      { status: 'settled', how, wasStanding: true, again: at % 2 === 0 ? null : approvalId(10) },
    ]),
  ];
}

/** A question whose every foreign text is `foreign`. */
export function promptExample(foreign: string, over: Partial<AgentPrompt> = {}): AgentPrompt {
  return {
    of: 'agent',
    approval: approvalId(9),
    cluster: clusterName('prod'),
    agentId: id,
    hostname: foreign,
    requester: { ...person, name: foreign },
    reason: foreign,
    because: [{ why: 'irreversible', command: 'drain --mark-gone' }],
    act: { kind: 'drain-then-gone', maxGrace: seconds(600) },
    loss: { alive: true, held: { known: true, value: [] }, tasks: null },
    masterWordOnly: false,
    drain: null,
    follows: null,
    needed: 1,
    oneOf: null,
    askedAt: earlier,
    expiresAt: later,
    approving,
    state: { status: 'open', by: [], objections: [], missing: { votes: 1, oneOf: null } },
    marking: null,
    at: now,
    ...over,
  };
}

/** Every act, loss and face at least once with each that matters to it. */
export function promptExamples(foreign: string, long: number): AgentPrompt[] {
  const faces = promptFaces(foreign);
  const found = losses(foreign, long);
  const used: PromptFace = {
    status: 'settled',
    how: { how: 'used', by: [approver] },
    wasStanding: true,
    again: null,
  };
  const asked = (act: Act, state: PromptFace, at: number) =>
    promptExample(foreign, {
      act,
      state,
      loss: found[at % found.length] ?? promptExample(foreign).loss,
      masterWordOnly: at % 2 === 0,
      drain: act.kind === 'drain-then-gone' && at % 2 === 1 ? drainId(17) : null,
      follows: at % 3 === 0 ? approvalId(8) : null,
      needed: 1 + (at % 2),
    });
  return [
    ...acts.flatMap((act, at) =>
      faces.filter(({ status }) => status !== 'settled').map((state, face) => asked(act, state, at + face)),
    ),
    ...faces.map((state, face) =>
      asked(acts[face % acts.length] ?? { kind: 'mark-gone', now: false }, state, face),
    ),
    // Tasks are a cost of the one, and a loss of the other.
    ...[acts[2], acts[5]].flatMap((act) =>
      act === undefined ? [] : found.map((loss) => promptExample(foreign, { act, loss })),
    ),
    ...markings(foreign).map((marking) =>
      promptExample(foreign, { state: used, marking, drain: drainId(17) }),
    ),
    promptExample(foreign, { approving: foreign }),
    ...hours.flatMap((hour) => [
      promptExample(foreign, { hour }),
      promptExample(foreign, { hour, state: { status: 'holding', by: [approver], until: hour.at } }),
    ]),
    promptExample(foreign, {
      approving: foreign,
      state: { status: 'holding', by: [approver], until: later },
    }),
    promptExample(foreign, { approving: foreign, state: { status: 'standing', by: [approver] } }),
  ];
}

export function promptLine(prompts: AgentPrompt[], at: number): PromptLine {
  const prompt = prompts[at % prompts.length];
  if (prompt === undefined) throw new Error('no example');
  return { prompt, permalink: at % 2 === 0 ? permalink : null };
}

export function approvalRefusals(foreign: string, long: number): Refusal[] {
  const agent = { agentId: id, hostname: foreign, state: 'active' };
  const drain = drainId(17);
  return [
    {
      code: 'reason-needed',
      because: [
        { why: 'irreversible', command: foreign },
        { why: 'short-grace', seconds: 3 },
        { why: 'short-grace', seconds: 0 },
        { why: 'many-agents', agents: 5, over: 3 },
      ],
    },
    {
      code: 'needs-approval',
      because: [
        { why: 'policy-verb', command: 'deactivate' },
        {
          why: 'hours',
          hours: { days: ['sat', 'sun'], fromMinute: 0, toMinute: 1440, zone: 'UTC', need: 'inside' },
        },
        { why: 'freeze', name: foreign, until: now },
        { why: 'brake', out: 300, of: 1000, notKnown: 2, percent: 20 },
      ],
    },
    {
      code: 'against-policy',
      objections: [{ about: 'brake', out: 0, of: 0, notKnown: 0, percent: 20, canOverride: true }],
    },
    {
      code: 'against-policy',
      objections: [
        { about: 'brake', out: 3, of: 9, notKnown: 1, percent: 20, ofList: true, canOverride: false },
      ],
    },
    ...[1, long].map(
      (length): Refusal => ({
        code: 'collides',
        canInsist: length === 1,
        with: collisions(foreign, length),
      }),
    ),
    {
      code: 'against-policy',
      objections: [
        { about: 'freeze', name: foreign, until: now, command: 'drain', canOverride: true },
        { about: 'freeze', name: foreign, until: now, command: 'drain', canOverride: false },
        { about: 'reason', words: foreign, example: foreign, given: true },
      ],
    },
    {
      code: 'against-policy',
      objections: [{ about: 'reason', words: foreign, example: foreign, given: false }],
    },
    { code: 'policy-broken', why: foreign },
    { code: 'nobody-can-approve', approversConfigured: false, needed: 1 },
    { code: 'nobody-can-approve', approversConfigured: true, needed: 2 },
    { code: 'approval-open', agent, approval: approvalId(9), permalink },
    { code: 'approval-settled', approval: approvalId(9), how: foreign },
    { code: 'no-such-approval', typed: foreign, near: many(long, (at) => approvalId(at + 1)) },
    { code: 'no-such-approval', typed: foreign, near: [] },
    { code: 'no-such-approval', typed: foreign, near: [], archive: foreign },
    { code: 'unreachable-for-gone', agent },
    { code: 'grace-differs', agent, drain, shownSeconds: 300 },
    { code: 'grace-differs', agent, drain: null, shownSeconds: null },
    { code: 'grace-differs', agent, drain: null, shownSeconds: 6.5 },
    { code: 'unattended-too-late', agent, drain },
    { code: 'unattended-too-late', agent, drain: null },
    { code: 'gone-by-others', agent },
    { code: 'alive-with-tasks', agent, tasks: 3 },
    { code: 'alive-with-tasks', agent, tasks: null },
    ...(['gone', 'recovered', 'absent', 'unreadable'] as const).map((why) => ({
      code: 'not-markable' as const,
      agent,
      why,
      detail: why === 'gone' ? '' : foreign,
    })),
    { code: 'marking-open', agent, permalink },
    { code: 'recall-open', drain },
  ];
}

export const voteRefusals: VoteRefusal[] = [
  'own-vote',
  'not-entitled',
  'bot',
  'guest',
  'deactivated',
  'other-workspace',
  'no-team',
  'nobody',
  'shared-channel',
  'expired',
  'settled',
  'not-a-vote',
];

export function approvalNews(foreign: string): ApprovalNews[] {
  const by = { ...approver, name: foreign };
  return [
    { news: 'counted', by, votes: 1, needed: 2, missing: { votes: 1, oneOf: null } },
    { news: 'counted', by, votes: 2, needed: 2, missing: { votes: 0, oneOf: leads } },
    { news: 'needs', votes: 1, needed: 2, oneOf: leads, missing: { votes: 1, oneOf: leads } },
    { news: 'needs', votes: 1, needed: 1, oneOf: null, missing: null },
    { news: 'objected', by },
    { news: 'taken-back', by },
    { news: 'held', by: [by], until: later, anew: false },
    { news: 'held', by: [by, person], until: later, anew: true },
    ...hours.map((hour): ApprovalNews => ({ news: 'held', by: [by], until: hour.at, anew: false, hour })),
    { news: 'released' },
    { news: 'waits', since: later, why: 'it answered 500' },
    { news: 'stands', by: [by], drain: drainId(17), already: false },
    { news: 'stands', by: [by], drain: drainId(17), already: true },
    ...settlements(foreign).flatMap((how): ApprovalNews[] => [
      { news: 'settled', how, wasStanding: false, again: null },
      { news: 'settled', how, wasStanding: true, again: null },
      { news: 'settled', how, wasStanding: true, again: approvalId(10) },
    ]),
  ];
}

/** Everything that is told of questions, beside their prompts. */
export function approvalNotices(foreign: string): Notice[] {
  const base = { drain: drainId(17), hostname: foreign };
  const full = { ...base, agentId: id };
  const started = {
    kind: 'call-accepted' as const,
    ...full,
    maxGraceSeconds: 600,
    tasks: 3,
    expectedEnd: later,
  };
  const recalls: AmendNews[] = [
    { step: 'begun', by: approver.userId },
    { step: 'rejected', httpStatus: 400, body: foreign },
    { step: 'rejected', httpStatus: null, body: foreign },
    { step: 'unknown', why: foreign },
    { step: 'not-applied' },
    { step: 'done' },
  ];
  const about = { of: 'agent' as const, approval: approvalId(9), agentId: id, hostname: foreign, requester };
  const thenGone = acts[2];
  if (thenGone === undefined) throw new Error('no example');
  return [
    ...approvalNews(foreign).map(
      (news, at): Notice => ({
        kind: 'approval',
        about: { ...about, act: thenGone, drain: at % 2 === 0 ? drainId(17) : null },
        news,
      }),
    ),
    ...acts.map(
      (act): Notice => ({
        kind: 'approval',
        about: { ...about, act, drain: null },
        news: { news: 'held', by: [approver], until: later, anew: false },
      }),
    ),
    ...voteRefusals.flatMap((why): Notice[] => [
      {
        kind: 'vote-refused',
        about: { ...about, act: thenGone, drain: null },
        mark: 'approve',
        why,
        approving,
      },
      {
        kind: 'vote-refused',
        about: { ...about, act: thenGone, drain: null },
        mark: 'stop',
        why,
        approving: foreign,
      },
    ]),
    { kind: 'cancelled', approval: approvalId(9), drain: null, permalink: null },
    { kind: 'cancelled', approval: approvalId(9), drain: drainId(17), permalink },
    { kind: 'recalling', drain: drainId(17), permalink },
    { kind: 'hastening', drain: drainId(17), maxGraceSeconds: 60, permalink },
    ...[600, null].map(
      (wasSeconds): Notice => ({
        kind: 'hasten-offer',
        drain: drainId(17),
        agentId: id,
        hostname: foreign,
        requester,
        reason: wasSeconds === null ? null : foreign,
        startedAt: now,
        wasSeconds,
        maxGraceSeconds: 60,
        permalink: wasSeconds === null ? null : permalink,
      }),
    ),
    ...[null, 'rejected' as const, 'unknown' as const].map(
      (outcome): Notice => ({
        kind: 'nudge',
        ...base,
        nudge: 1,
        of: 5,
        failed: outcome === null ? null : { outcome, why: foreign },
      }),
    ),
    { kind: 'recalling', drain: drainId(17), permalink: null },
    { ...started, markGone: false, goneNext: true, approved },
    {
      ...started,
      markGone: true,
      goneNext: false,
      approved: { ...approved, by: [{ ...approver, name: foreign }] },
    },
    { ...started, markGone: false, goneNext: false, approved: { ...approved, by: [] } },
    { kind: 'adopted', ...full, approved },
    { kind: 'adopted', ...full, approved: null },
    ...recalls.map((news): Notice => ({ kind: 'recall', ...base, requester, news })),
    ...recalls.map(
      (news, at): Notice => ({
        kind: 'hasten',
        ...base,
        requester,
        maxGraceSeconds: 60,
        wasSeconds: at % 2 === 0 ? 600 : null,
        news,
      }),
    ),
    {
      kind: 'drained',
      ...full,
      proof: { by: 'master-only', agentNotAsked: foreign },
      requester,
      tookSeconds: 60,
      tasks: 3,
      goneNext: true,
    },
    {
      kind: 'drained',
      ...full,
      proof: { by: 'master-and-agent' },
      requester,
      tookSeconds: 60,
      tasks: null,
      goneNext: true,
    },
  ];
}

/** A preview of an agent that is away. */
export function awayOf(calm: Preview): Preview {
  if (calm.subject.kind !== 'registered') throw new Error('no example');
  const { agentId: known, hostname, address, attributes, held } = calm.subject.agent;
  return {
    ...calm,
    subject: {
      kind: 'away',
      known: {
        agentId: known,
        hostname,
        address,
        attributes,
        held,
        state: 'unreachable',
        room: null,
        lastSeenAt: earlier,
      },
      state: 'unreachable',
      since: earlier,
    },
  };
}
