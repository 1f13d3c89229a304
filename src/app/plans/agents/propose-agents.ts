import { insistsOf, reasonsOfBrake } from '../../../domain/beside.ts';
import type { Collision } from '../../../domain/collisions.ts';
import type {
  DeactivateCommand,
  DrainCommand,
  KnowingOf,
  ReactivateCommand,
} from '../../../domain/command.ts';
import type { Instant, Seconds } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import type { ChangedLine } from '../../../domain/plan/as-shown.ts';
import { overLimits } from '../../../domain/plan/over-limits.ts';
import type { Proposal, ProposedLine } from '../../../domain/plan/proposal.ts';
import type { AgentsPlan, AgentsWork } from '../../../domain/plan.ts';
import { type ApprovalReason, ok, type Refusal, type Result, refuse } from '../../../domain/refusal.ts';
import type { ResolvedTarget } from '../../../domain/target.ts';
import { onlyTarget } from '../../../domain/targets.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import { findAgents } from '../../agents/find-agent.ts';
import { byAgent, ourOpenWork } from '../../agents/our-open-work.ts';
import { linked, withLink } from '../../answers/with-link.ts';
import { requesterOf } from '../../approvals/read-votes.ts';
import { auditOfCommand, queueAnswer } from '../../commands/record.ts';
import { Overtaken } from '../../overtaken.ts';
import type { InboxCommand, NewId, PolicyInForce, Tx } from '../../ports.ts';
import { besideKept, besideOfList, collidedBy } from '../beside-of-plan.ts';
import { keepProposed } from '../keep-proposed.ts';
import { newPlan } from '../new-plan.ts';
import { putUnderWay } from '../put-under-way.ts';
import { reasonsForPlan, totalsOf } from './judge-agents.ts';
import { type LookDeps, type LookedAgent, lineOf, lookAtAgents } from './look-at-agents.ts';

interface ShowDeps extends LookDeps {
  policy: PolicyInForce;
}

export interface ProposeDeps extends ShowDeps {
  newId: NewId;
}

type Asked = DrainCommand | DeactivateCommand | ReactivateCommand;

/** The most agents that one list takes: a card that stays readable, and reads that a master stands. */
const mostAgents = 200;

/** Shows what a command over several agents would do, and keeps the list for its asker to confirm; one agent that was named
 * goes on the schedule at once, where its `hour` is to come and nobody else has to be asked. Answers a refusal, or that all is
 * written. */
export async function proposeAgents(
  deps: ProposeDeps,
  command: Asked,
  typed: InboxCommand,
  asker: PersonFacts,
  hour?: Hour,
): Promise<Result<'settled'>> {
  const startedAt = deps.clock.now();
  const requester = requesterOf(asker);
  if (requester === null) return refuse({ code: 'not-a-member-of-workspace', why: 'no-team' });
  const work = workOf(command);
  if (!work.ok) return work;
  const drawn = await drawUp(deps, work.value, command, 'reversible', hour);
  if (!drawn.ok) return drawn;
  const { looked, because: always } = drawn.value;
  const knowing: KnowingOf = command.verb === 'reactivate' ? {} : command;
  const beside = await besideOfList(deps, requester.userId, looked, insistsOf(knowing), {
    hour: hour ?? null,
  });
  const against = beside?.verdict.refusal ?? null;
  if (against !== null) return refuse(await withLink(deps.store, deps.master.cluster, against));
  const because = [...always, ...reasonsOfBrake(beside?.verdict.brake ?? null)];
  const kept = besideKept(beside, knowing.anyway === true);
  const asked = { requester, reason: command.reason, because, beside: kept };
  const plan: Omit<AgentsPlan, 'id'> = {
    ...newPlan(deps, typed, asked, deps.clock.now(), hour),
    of: 'agents',
    work: work.value,
    lines: looked.map(lineOf),
    begunAt: null,
  };
  if (hour !== undefined && because.length === 0 && onlyTarget(command.targets) !== null)
    return schedule(deps, command, plan, typed);
  const shown = await proposalOf(deps, plan, looked, [], beside?.verdict.collisions ?? []);
  await deps.store.transact(async (tx) => {
    await tx.settleCommand(typed.id, 'done');
    const audit = auditOfCommand(typed, command);
    await keepAndShow(tx, deps, plan, shown, typed, audit, startedAt);
  });
  return ok('settled');
}

async function schedule(
  { store, clock, newId, policy }: ProposeDeps,
  command: Asked,
  plan: Omit<AgentsPlan, 'id'>,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const state = plan.lines[0]?.state;
  if (state?.is === 'refused') return refuse(state.refusal);
  try {
    await store.transact(async (tx) => {
      const kept = { ...plan, id: await tx.nextPlanId() };
      await tx.insertPlan(kept);
      const collided = await collidedBy(tx, { policy }, kept);
      if (collided !== null) throw new Overtaken(collided);
      await putUnderWay(tx, { clock, newId }, kept, command, typed);
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(store, plan.cluster, fault.refusal));
    throw fault;
  }
  return ok('settled');
}

/** The same, of a command that only reads. */
export async function showAgents(
  deps: ShowDeps,
  command: Pick<DrainCommand, 'targets' | 'maxGrace' | 'markGone' | 'outFor'> & { reason?: string | null },
): Promise<Result<Notice>> {
  if (command.markGone) return refuse({ code: 'one-at-a-time', command: 'drain --mark-gone' });
  const work: AgentsWork = { do: 'drain', maxGrace: command.maxGrace, ...outForOf(command) };
  const drawn = await drawUp(deps, work, { ...command, overrideFreeze: false }, 'read');
  if (!drawn.ok) return drawn;
  const { looked, because } = drawn.value;
  const plan = { work, reason: command.reason ?? null, because };
  return ok({ kind: 'plan-proposal', proposal: await proposalOf(deps, plan, looked, [], []) });
}

/** Writes a list that waits to be confirmed, and shows it to its asker. One of which nothing can be done is only shown. */
export async function keepAndShow(
  tx: Tx,
  deps: ProposeDeps,
  plan: Omit<AgentsPlan, 'id'>,
  shown: Proposal,
  typed: InboxCommand,
  audit: ReturnType<typeof auditOfCommand>,
  startedAt: Instant,
): Promise<void> {
  const agents = plan.lines.map(({ agentId, hostname, state }) => ({
    agentId,
    hostname,
    ...(state.is === 'refused' ? { refused: state.refusal.code } : {}),
  }));
  const kept = await keepProposed(tx, plan, agents, { audit, startedAt, at: deps.clock.now() });
  await queueAnswer(tx, typed, { kind: 'plan-proposal', proposal: { ...shown, plan: kept } }, deps);
}

/** What a plan would do, as people are shown it. */
export async function proposalOf(
  deps: ShowDeps,
  {
    work,
    reason,
    because,
    state,
  }: Pick<AgentsPlan, 'work' | 'reason' | 'because'> & Partial<Pick<AgentsPlan, 'state'>>,
  looked: LookedAgent[],
  changed: ChangedLine[],
  collisions: Collision[],
): Promise<Proposal> {
  const { store, master, policy, clock } = deps;
  const open = byAgent(await ourOpenWork(store, master.cluster));
  const lines = looked.map(
    ({ agent, others, state, tasks, refusal }): ProposedLine => ({
      agentId: agent.agentId,
      hostname: agent.hostname,
      state,
      tasks: tasks?.known ? tasks.value.length : null,
      open: open.get(agent.agentId)?.kind ?? null,
      others: others.length,
      refusal,
    }),
  );
  return {
    plan: null,
    cluster: master.cluster,
    at: clock.now(),
    work,
    reason,
    ...(state?.status === 'proposed' && state.hour !== undefined ? { hour: state.hour } : {}),
    lines,
    totals: await totalsOf(deps, policy.current(), work, looked),
    because,
    changed,
    ...(collisions.length === 0 ? {} : { collisions: await linked(store, collisions) }),
  };
}

/** Finds the agents, looks at each, and judges them one by one and together. */
async function drawUp(
  deps: ShowDeps,
  work: AgentsWork,
  { targets, overrideFreeze }: Pick<Asked, 'targets' | 'overrideFreeze'>,
  risk: 'read' | 'reversible',
  hour?: Hour,
): Promise<Result<{ looked: LookedAgent[]; because: ApprovalReason[] }>> {
  const { store, master, clock, policy } = deps;
  const found = await findAgents({ store, master, now: clock.now() }, targets, risk);
  if (!found.ok) return found;
  const tooMany = await tooManyFor(deps, work, found.value);
  if (tooMany !== null) return refuse(tooMany);
  const looked = await lookAtAgents(deps, work, found.value, null, hour);
  const over = await beyondLimits(deps, work, looked, hour);
  if (over !== null && risk !== 'read') return refuse(over);
  const because = reasonsForPlan(policy.current(), work, looked, overrideFreeze, hour?.at ?? clock.now());
  return ok({ looked, because });
}

/** The limits against all that can be done of it together; null: they allow it. What is open at an `hour` that is to come,
 * nobody knows. */
export async function beyondLimits(
  { store, master, policy }: ShowDeps,
  work: AgentsWork,
  looked: readonly LookedAgent[],
  hour?: Hour,
): Promise<Refusal | null> {
  if (work.do === 'reactivate') return null;
  const able = looked.filter(({ refusal }) => refusal === null).map(({ agent }) => agent);
  if (hour !== undefined) return overLimits(able, [], policy.current().limits);
  const open = (await store.openDrains(master.cluster)).map(({ drain }) => drain);
  // What a drain goes on from is open already, and its place is its own.
  const others = open.filter(({ agentId }) => !able.some((agent) => agent.agentId === agentId));
  return overLimits(able, others, policy.current().limits);
}

/** That these are more than one list takes; null: they are not. */
export function tooLong({ length: agents }: readonly ResolvedTarget[]): Refusal | null {
  return agents > mostAgents ? { code: 'plan-too-long', agents, most: mostAgents } : null;
}

/** Before each of them is looked at: more than a list takes, or so many more than the limits allow that looking would be for
 * nothing. */
async function tooManyFor(
  { policy }: ShowDeps,
  work: AgentsWork,
  found: readonly ResolvedTarget[],
): Promise<Refusal | null> {
  const long = tooLong(found);
  if (long !== null) return long;
  if (work.do === 'reactivate') return null;
  const limits = policy.current().limits;
  const able = found.map(({ chosen }) => chosen).filter(({ state }) => state === 'active');
  return able.length > limits.drainsAtOnce ? overLimits(able, [], limits) : null;
}

function outForOf({ outFor }: Pick<DrainCommand, 'outFor'>): { outFor?: Seconds } {
  return outFor === undefined ? {} : { outFor };
}

function workOf(command: Asked): Result<AgentsWork> {
  switch (command.verb) {
    case 'drain':
      return command.markGone
        ? refuse({ code: 'one-at-a-time', command: 'drain --mark-gone' })
        : ok({ do: 'drain', maxGrace: command.maxGrace, ...outForOf(command) });
    case 'deactivate':
      return ok({ do: 'deactivate', ...outForOf(command) });
    case 'reactivate':
      return ok({ do: 'reactivate' });
  }
}
