import type { DeactivationNews } from '../../../src/domain/deactivation/news.ts';
import type { HeldCause } from '../../../src/domain/deactivation/still-held.ts';
import type { DrainCard, DrainFace } from '../../../src/domain/drain/card.ts';
import type { Cause } from '../../../src/domain/drain/cause.ts';
import type { DrainEnd } from '../../../src/domain/drain.ts';
import { agentId, drainId } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { AgentLabel, Refusal } from '../../../src/domain/refusal.ts';
import { earlier, later, now, requester } from './moments.ts';

interface Of {
  causes: Cause[];
  ends: DrainEnd[];
  foreign: string;
}

/** What a deactivated agent can still hold. */
export function heldCauses(foreign: string, long: number): HeldCause[] {
  const owners = Array.from({ length: long }, (_, at) => ({
    id: at % 2 === 0 ? foreign : 'framework-1',
    name: foreign,
    connected: [true, false, null][at % 3] ?? null,
    tasks: at + 1,
    named: at === 0 ? [foreign] : [foreign, foreign, foreign],
  }));
  return [
    { code: 'tasks-kept', tasks: 7, owners, others: 2 },
    { code: 'tasks-kept', tasks: 1, owners: [], others: 0 },
    { code: 'executors-left', executors: 1, named: [] },
    {
      code: 'executors-left',
      executors: long,
      named: [{ framework: foreign, executors: Array.from({ length: long }, () => foreign) }],
    },
  ];
}

/** A deactivation's card in each of its states. */
export function deactivationCards(
  card: (state: DrainFace, rest?: Partial<DrainCard>) => DrainCard,
  { causes, ends, foreign }: Of,
): DrainCard[] {
  const draining = { status: 'draining', waiting: null, masterSaysDrained: false, changing: null } as const;
  const faces: DrainFace[] = [
    { status: 'calling' },
    { status: 'checking', why: foreign },
    draining,
    { ...draining, masterSaysDrained: true },
    ...causes.map((waiting) => ({ ...draining, waiting })),
    { status: 'drained', proof: { by: 'master-and-agent' } },
    { status: 'drained', proof: { by: 'master-only', agentNotAsked: foreign } },
    ...ends.map((end, at) => ({ status: 'ended' as const, end, wasDrained: at % 2 === 0 })),
  ];
  return faces.map((face, at) =>
    card(face, { way: 'deactivate', expectedEnd: null, ...(at % 3 === 0 ? { tasksAtStart: null } : {}) }),
  );
}

/** Everything that people are told in a deactivation's thread. */
export function deactivationNotices({ causes, ends, foreign }: Of): Notice[] {
  const reads = { leader: foreign as never, first: earlier, second: later };
  const word = { pending: 0, queued: 0, launched: 0, executors: 0, pendingOperations: 0, draining: true };
  const news: DeactivationNews[] = [
    ...[null, 0, 3].map((tasks) => ({ news: 'accepted' as const, tasks })),
    { news: 'unknown', why: foreign },
    { news: 'effect-seen' },
    { news: 'progress', left: 1, of: 3, at: now },
    ...causes.map((cause) => ({ news: 'waiting' as const, cause, since: earlier })),
    ...causes.map((was) => ({ news: 'moving-again' as const, was })),
    {
      news: 'still-unknown' as const,
      cause: { code: 'master-silent' as const, why: foreign },
      since: earlier,
    },
    { news: 'empty', proof: { by: 'master-and-agent' }, tookSeconds: 90, tasks: 3 },
    {
      news: 'empty',
      proof: { by: 'master-and-agent', checked: { ...reads, agent: word } },
      tookSeconds: 90,
      tasks: null,
    },
    {
      news: 'empty',
      proof: { by: 'master-only', agentNotAsked: foreign, checked: { ...reads, silentSince: earlier } },
      tookSeconds: 90,
      tasks: 0,
    },
    ...ends.map((end, at) => ({ news: 'ended' as const, end, wasEmpty: at % 2 === 0 })),
  ];
  const id = agentId('3669f2a1-b0f5-4f5e-9c8a-000000000000-S12');
  const about = { drain: drainId(17), agentId: id, hostname: foreign, requester };
  return news.map((each): Notice => ({ kind: 'deactivation', about, news: each }));
}

/** Why an agent is not deactivated, and what a deactivation stands in the way of. */
export function deactivationRefusals(agent: AgentLabel, foreign: string): Refusal[] {
  const permalink = 'https://playground.slack.com/archives/C0MESOSOPS/p1700000000000100';
  return [
    { code: 'already-deactivated', agent, drain: drainId(17), permalink },
    { code: 'drain-keeps-away', agent, state: 'DRAINING', ours: null },
    { code: 'drain-keeps-away', agent, state: 'DRAINED', ours: { drain: drainId(17), permalink } },
    ...(['gone', 'absent', 'unreadable'] as const).map((why) => ({
      code: 'agent-not-deactivatable' as const,
      agent,
      why,
      detail: foreign,
    })),
    { code: 'cannot-cancel-deactivation', agent, drain: drainId(17) },
    { code: 'master-cannot-drain', verb: 'drain', version: foreign },
  ];
}
