import { promptOf } from '../../domain/approval/prompt.ts';
import type { Approval } from '../../domain/approval.ts';
import { readBrake } from '../../domain/brake.ts';
import type { Command } from '../../domain/command.ts';
import { cardOf } from '../../domain/drain/card.ts';
import {
  type ApprovalId,
  type DrainId,
  type Instant,
  showApprovalId,
  showDrainId,
} from '../../domain/ids.ts';
import { maintenanceCard } from '../../domain/maintenance/news.ts';
import type { MasterLine, Notice, OtherLine, PlanLine, PromptLine } from '../../domain/notice.ts';
import { tallyOf } from '../../domain/plan/agents-evolve.ts';
import { planCardOf } from '../../domain/plan/card.ts';
import type { AgentsPlan, Plan } from '../../domain/plan.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { tallyOfRolling } from '../../domain/rolling/tally.ts';
import type { RollingPlan } from '../../domain/rolling.ts';
import { findAgent } from '../agents/find-agent.ts';
import { serviceNow } from '../agents/look-at-cluster.ts';
import { MasterFault } from '../faults.ts';
import { known } from '../known.ts';
import { besideDrain, markingUnder } from '../outbox/face-of-thread.ts';
import { recordsOf } from '../plans/agents/records-of.ts';
import { findPlan } from '../plans/find-plan.ts';
import { rollingCard } from '../plans/rolling/rolling-card.ts';
import type { Master, Store, StoredDrain } from '../ports.ts';
import { outOfService } from '../stays/out-of-service.ts';
import { permalinkOf, preview, type ReadDeps } from './answer-read.ts';
import { linkTo } from './with-link.ts';

/** `status`: everything that is under way, or one agent, drain or approval. */
export async function status(
  deps: ReadDeps,
  command: Extract<Command, { verb: 'status' }>,
  now: Instant,
): Promise<Result<Notice>> {
  const { store, master } = deps;
  const { about } = command;
  if (about !== null && 'drain' in about) {
    const stored = await store.drain(about.drain);
    if (stored === null) return noSuchDrain(store, about.drain);
    return ok(await statusOf(deps, stored, now));
  }
  if (about !== null && 'approval' in about) {
    const approval = await store.approval(about.approval);
    if (approval === null) return noSuchApproval(store, about.approval);
    return ok({ kind: 'status-of-approval', line: await promptLine(deps, approval, now) });
  }
  if (about !== null && 'plan' in about) {
    const found = await findPlan(store, about.plan);
    return found.ok ? statusOfPlan(deps, found.value, now) : found;
  }
  const drains = [...(await store.openDrains(master.cluster)), ...(await store.outOfService(master.cluster))];
  if (about !== null) {
    const found = await findAgent({ store, master, now }, about.target, 'read');
    if (!found.ok) return found;
    const ours = drains.find(({ drain }) => drain.agentId === found.value.chosen.agentId);
    if (ours !== undefined) return ok(await statusOf(deps, ours, now));
    const asked = { target: about.target, maxGrace: null, markGone: false, unattended: false };
    return preview(deps, asked, false, now);
  }
  const lines = [];
  for (const stored of drains)
    lines.push({
      card: cardOf(stored.drain, now, stored.checkedAt, await besideDrain(deps, stored.drain)),
      permalink: await permalinkOf(store, stored),
    });
  const prompts: PromptLine[] = [];
  for (const approval of await store.pendingApprovals(master.cluster))
    prompts.push(await promptLine(deps, approval, now));
  return ok({
    kind: 'status',
    cluster: master.cluster,
    lines,
    prompts,
    others: await otherWork(store, master),
    plans: await runningPlans(store, master),
    master: await masterLine(store, master),
    restored: (await store.thisDatabase()).restored?.since ?? null,
    at: now,
    out: await outOfService(store, master.cluster, false),
    brake: await brakeReading(deps),
  });
}

/** By the directory: this only reads. Null: the cluster was never listed. */
async function brakeReading({ store, master, policy }: ReadDeps) {
  const swept = await store.swept(master.cluster);
  if (swept === null) return null;
  const down = swept.schedule?.machines.filter((each) => each.down).map(({ machine }) => machine) ?? [];
  const look = { agents: await store.directory(master.cluster), unexplained: [], down };
  const service = await serviceNow(look, store, master.cluster);
  return { ...readBrake(service, policy.current().limits.brakePercent), listed: swept.at };
}

async function statusOf(deps: ReadDeps, stored: StoredDrain, now: Instant): Promise<Notice> {
  const card = cardOf(stored.drain, now, stored.checkedAt, await besideDrain(deps, stored.drain));
  const scheduled = await scheduledAs(deps, stored.drain);
  return { kind: 'status-of-drain', card, permalink: await permalinkOf(deps.store, stored), scheduled };
}

/** Of an agent that the drain keeps out of service: the start of a maintenance would end that. */
async function scheduledAs(
  { store, master }: ReadDeps,
  { agentId, hostname, state }: StoredDrain['drain'],
): Promise<string | null> {
  if (state.status !== 'draining' && state.status !== 'drained') return null;
  const address = (await store.directory(master.cluster)).find((agent) => agent.agentId === agentId)?.address;
  if (!address) return null;
  const scheduled = await known(() => master.scheduled({ hostname, ip: address.ip }));
  return scheduled.known ? scheduled.value : null;
}

/** While a second person is asked about it, the question tells all. */
async function statusOfPlan(deps: ReadDeps, plan: Plan, now: Instant): Promise<Result<Notice>> {
  const { store } = deps;
  if (plan.state.status === 'asked') {
    const approval = await store.approval(plan.state.approval);
    if (approval === null) return noSuchApproval(store, plan.state.approval);
    return ok({ kind: 'status-of-approval', line: await promptLine(deps, approval, now) });
  }
  const permalink = await linkTo(store, plan);
  if (plan.of === 'machines')
    return ok({ kind: 'status-of-machines', card: maintenanceCard(plan, now), permalink });
  if (plan.of === 'rolling')
    return ok({ kind: 'status-of-rolling', card: await rollingCard(store, plan, now), permalink });
  const card = planCardOf(plan, await recordsOf(store, plan), now);
  return ok({ kind: 'status-of-plan', card, permalink });
}

async function runningPlans(store: Store, { cluster }: Master): Promise<PlanLine[]> {
  const running = (await store.unendedPlans(cluster)).filter(
    ({ state }) => state.status === 'running' || state.status === 'scheduled',
  );
  return Promise.all(
    running.map(async (plan): Promise<PlanLine> => {
      return {
        plan: plan.id,
        ...(plan.state.status === 'scheduled' ? { hour: plan.state.hour } : {}),
        ...(plan.of !== 'machines'
          ? {
              does: { of: 'agents', work: plan.work },
              hostnames: plan.lines.map(({ hostname }) => hostname),
              done: linesDone(plan),
              ...waveOf(plan),
            }
          : {
              does: { of: plan.of, work: plan.work },
              hostnames: plan.lines.map(({ machine }) => machine.hostname),
              done: null,
            }),
        requester: plan.requester.userId,
        permalink: await linkTo(store, plan),
      };
    }),
  );
}

function waveOf(plan: AgentsPlan | RollingPlan): Pick<PlanLine, 'wave'> {
  if (plan.of !== 'rolling' || plan.state.status !== 'running') return {};
  const { phase, halt } = plan.state;
  const of = Math.max(0, ...plan.lines.map(({ wave }) => wave));
  const at =
    phase.at === 'wave' || phase.at === 'between' ? phase.wave : phase.at === 'deactivating' ? 1 : of;
  return { wave: { at, of, halt: halt?.why.code ?? null } };
}

function linesDone(plan: AgentsPlan | RollingPlan): PlanLine['done'] {
  if (plan.of === 'rolling') {
    const { lines, waiting, underWay } = tallyOfRolling(plan);
    return { lines: lines - waiting - underWay, of: lines };
  }
  const { todo, begun, lines } = tallyOf(plan);
  return { lines: lines - todo - begun, of: lines };
}

async function promptLine({ store, policy }: ReadDeps, approval: Approval, at: Instant): Promise<PromptLine> {
  const marking = await markingUnder(store, approval);
  return {
    prompt: promptOf(approval, { approving: policy.current().approvals.approving, marking, at }),
    permalink: await linkTo(store, approval),
  };
}

async function otherWork(store: Store, { cluster }: Master): Promise<OtherLine[]> {
  const work = [
    ...(await store.openReactivations(cluster)).map((each) => ({ what: 'reactivation' as const, each })),
    ...(await store.openMarkGones(cluster)).map((each) => ({ what: 'mark-gone' as const, each })),
  ];
  return Promise.all(
    work.map(async ({ what, each }) => ({
      what,
      agentId: each.agentId,
      hostname: each.hostname,
      requester: each.requester.userId,
      permalink: await linkTo(store, each),
    })),
  );
}

export async function noSuchDrain(store: Store, id: DrainId): Promise<Result<never>> {
  const near = (await store.latestDrains(3)).map(({ drain }) => drain.id);
  return refuse({
    code: 'no-such-drain',
    typed: showDrainId(id),
    near,
    ...(await whereArchived(store, 'drains', id)),
  });
}

export async function noSuchApproval(store: Store, id: ApprovalId): Promise<Result<never>> {
  const near = (await store.latestApprovals(3)).map((each) => each.id);
  return refuse({
    code: 'no-such-approval',
    typed: showApprovalId(id),
    near,
    ...(await whereArchived(store, 'approvals', id)),
  });
}

/** What was given a number and is not here any more stayed behind in a closed file. */
async function whereArchived(
  store: Store,
  of: 'drains' | 'approvals',
  id: number,
): Promise<{ archive?: string }> {
  const closed = await store.closedFile();
  const given = (await store.anchor())?.[of] ?? 0;
  return closed === null || id > given ? {} : { archive: closed.file };
}

async function masterLine(store: Store, master: Master): Promise<MasterLine> {
  try {
    const { url, version } = await master.leader();
    return { reachable: true, leader: url, version };
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    const since = await store.unreached(master.cluster);
    const swept = (await store.swept(master.cluster))?.at ?? null;
    return { reachable: false, why: fault.message, since, swept };
  }
}
