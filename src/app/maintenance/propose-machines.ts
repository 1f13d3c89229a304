import { coveredFrom } from '../../domain/approval/covers.ts';
import { factsOf } from '../../domain/audit/facts.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import { insistsOf, reasonsOfBrake } from '../../domain/beside.ts';
import type { KnowingOf, MaintenanceCommand } from '../../domain/command.ts';
import { threadId, type UserId } from '../../domain/ids.ts';
import { type MaintenancePreview, maintenanceAbout } from '../../domain/maintenance/news.ts';
import { type ScheduleLine, windowsText } from '../../domain/maintenance/text.ts';
import type { FrameworkRef } from '../../domain/open-work.ts';
import type { PersonFacts } from '../../domain/person.ts';
import type { MachinesPlan } from '../../domain/plan.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { isRegistered } from '../../domain/target.ts';
import type { Hour } from '../../domain/time/hour.ts';
import { withLink } from '../answers/with-link.ts';
import { requesterOf } from '../approvals/read-votes.ts';
import { auditOfCommand, queueAnswer } from '../commands/record.ts';
import { besideKept, besideOfList, type ListBeside } from '../plans/beside-of-plan.ts';
import { newPlan, proposedUntil } from '../plans/new-plan.ts';
import type { InboxCommand, NewId, Tx } from '../ports.ts';
import { type DrawnUp, type DrawUpDeps, differenceBy, drawUp } from './draw-up.ts';
import { agentsThere } from './machines-meant.ts';
import { previewOn } from './preview-on.ts';

export interface ProposeMachinesDeps extends DrawUpDeps {
  newId: NewId;
}

/** Shows what a command over machines would do, and keeps it for its asker to confirm. `hour`: when a window begins that is
 * to be scheduled. Answers a refusal, or that all is
 * written. Throws a MasterFault where the master can't say how things stand. */
export async function proposeMachines(
  deps: ProposeMachinesDeps,
  command: MaintenanceCommand,
  typed: InboxCommand,
  asker: PersonFacts,
  hour: Hour | null,
): Promise<Result<'settled'>> {
  const requester = requesterOf(asker);
  if (requester === null) return refuse({ code: 'not-a-member-of-workspace', why: 'no-team' });
  const drawn = await drawUp(deps, command, hour);
  if (!drawn.ok) return drawn;
  const { work, lines, because: always, seen } = drawn.value;
  const knowing: KnowingOf = command.verb === 'maintenance start' ? command : {};
  const others = await besideOthers(deps, requester.userId, drawn.value, knowing);
  const against = others?.verdict.refusal ?? null;
  if (against !== null) return refuse(await withLink(deps.store, deps.master.cluster, against));
  const because = [...always, ...reasonsOfBrake(others?.verdict.brake ?? null)];
  const at = deps.clock.now();
  const frameworks = unionOf(others);
  const beside = {
    ...besideKept(others, knowing.anyway === true),
    ...(frameworks === null ? {} : { frameworks }),
  };
  const asked = { requester, reason: command.reason, because, beside };
  const plan: Omit<MachinesPlan, 'id'> = {
    ...newPlan(deps, typed, asked, at),
    of: 'machines',
    work,
    lines,
    shown: windowsText(seen.windows),
  };
  const agents = await agentsShown(deps, drawn.value);
  await deps.store.transact(async (tx) => {
    await tx.settleCommand(typed.id, 'done');
    await keepAndShow(tx, deps, plan, drawn.value, agents, null, typed, auditOfCommand(typed, command));
  });
  return ok('settled');
}

/** What of others, and how much of the cluster out of service, a shutdown of these machines is held against. */
async function besideOthers(
  deps: ProposeMachinesDeps,
  by: UserId,
  { work, lines, directory }: DrawnUp,
  knowing: KnowingOf,
): Promise<ListBeside | null> {
  if (work.do !== 'start') return null;
  const there = lines.flatMap(({ machine }) => agentsThere(machine, directory)).filter(isRegistered);
  const looked = there.map(async (agent) => ({
    agent,
    preview: await previewOn(deps, agent),
    refusal: null,
  }));
  return besideOfList(deps, by, await Promise.all(looked), insistsOf(knowing));
}

/** Every framework that has tasks there; null: not all are known. */
function unionOf(others: ListBeside | null): FrameworkRef[] | null {
  const each = others?.wanted.agents.map(({ frameworks }) => frameworks) ?? [];
  const all = new Map(each.flatMap((known) => known ?? []).map((framework) => [framework.id, framework]));
  return each.includes(null) ? null : [...all.values()];
}

/** The same once more, as it is now, for somebody else changed the schedule since it was shown. */
export async function proposeAgain(
  tx: Tx,
  deps: ProposeMachinesDeps,
  plan: MachinesPlan,
  now: DrawnUp,
  agents: MaintenancePreview['agents'],
  changed: ScheduleLine[],
  typed: InboxCommand,
  audit: ReturnType<typeof auditOfCommand>,
): Promise<void> {
  const at = deps.clock.now();
  const { id: _, ...before } = plan;
  await keepAndShow(
    tx,
    deps,
    {
      ...before,
      version: 0,
      thread: threadId(deps.newId()),
      because: now.because,
      proposedAt: at,
      shown: windowsText(now.seen.windows),
      state: proposedUntil(at),
    },
    now,
    agents,
    changed,
    typed,
    audit,
  );
}

async function keepAndShow(
  tx: Tx,
  deps: ProposeMachinesDeps,
  draft: Omit<MachinesPlan, 'id'>,
  now: DrawnUp,
  agents: MaintenancePreview['agents'],
  changedSince: ScheduleLine[] | null,
  typed: InboxCommand,
  audit: Pick<AuditDraft, 'actor' | 'correlation' | 'command' | 'place'>,
): Promise<void> {
  const plan: MachinesPlan = { ...draft, id: await tx.nextPlanId() };
  await tx.insertPlan(plan);
  const preview = previewOf(deps, plan, now, agents, changedSince);
  await tx.append({
    ...audit,
    at: preview.at,
    event: 'command.answered',
    cluster: plan.cluster,
    plan: plan.id,
    machines: plan.lines.map(({ machine: { hostname, ip } }) => ({ hostname, ip })),
    ...(plan.reason === null ? {} : { reason: plan.reason }),
    decision: changedSince === null ? 'shown' : 'shown again',
    durationMs: preview.at - typed.receivedAt,
    facts: factsOf({
      work: plan.work,
      because: plan.because.map(({ why }) => why),
      difference: preview.difference,
      changedSince,
    }),
  });
  await queueAnswer(tx, typed, { kind: 'maintenance-preview', preview }, deps);
}

/** The agents on the machines as they are now; where they are to be shut down, with what that costs. */
export async function agentsShown(
  deps: ProposeMachinesDeps,
  { work, lines, directory }: DrawnUp,
): Promise<MaintenancePreview['agents']> {
  const there = lines.flatMap(({ machine }) => agentsThere(machine, directory));
  return Promise.all(
    there.map(async (agent) => {
      const { agentId, hostname, state } = agent;
      const cost =
        work.do === 'start' ? coveredFrom(agent, await previewOn(deps, agent), false, null).cost : null;
      return { agentId, hostname, state, cost };
    }),
  );
}

function previewOf(
  { clock }: ProposeMachinesDeps,
  plan: MachinesPlan,
  now: DrawnUp,
  agents: MaintenancePreview['agents'],
  changedSince: ScheduleLine[] | null,
): MaintenancePreview {
  const { lines, reason, because, state, channel } = plan;
  const at = clock.now();
  return {
    about: maintenanceAbout(plan),
    lines,
    reason,
    because,
    expiresAt: state.status === 'proposed' ? state.expiresAt : at,
    difference: differenceBy(plan, now.seen),
    changedSince,
    agents,
    channel,
    at,
  };
}
