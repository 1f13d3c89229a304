import { approvalInLog } from '../../domain/audit/approval-in-log.ts';
import { objectionsTo } from '../../domain/drain/may-drain.ts';
import type { Drain } from '../../domain/drain.ts';
import type { MasterId } from '../../domain/ids.ts';
import type { MachinesEvent } from '../../domain/maintenance/events.ts';
import { callAfter } from '../../domain/maintenance/steps.ts';
import { inPerson } from '../../domain/person.ts';
import type { AgentOfMachine, MachinesPlan } from '../../domain/plan.ts';
import { isUnreadable, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { lookBeside, refuseBeside, wantedOf } from '../agents/beside-others.ts';
import { buildPreview } from '../agents/build-preview.ts';
import { sameAgain } from '../agents/find-agent.ts';
import { refuseBesideOthers } from '../drains/open-drain.ts';
import { sendDrain } from '../drains/send-drain.ts';
import { MasterFault, VersionConflict } from '../faults.ts';
import { Overtaken } from '../overtaken.ts';
import { insistsOfPlan } from '../plans/beside-of-plan.ts';
import { applyMachines } from './apply-machines.ts';
import { forbiddenNow } from './confirm-machines.ts';
import type { WatchMachinesDeps } from './watch-machines.ts';

type Write = (plan: MachinesPlan, events: readonly MachinesEvent[], leader: MasterId | null) => Promise<void>;

/** Drains the agents of a plan that is to take their machines down, in the plan's thread and as fast as the limits allow; goes
 * on once each is proven DRAINED, and stops where one ends in any other way. */
export async function drainLines(
  deps: WatchMachinesDeps,
  planned: MachinesPlan,
  write: Write,
): Promise<void> {
  const { store, clock } = deps;
  // What the lost part of a log has done already, nobody here knows.
  if ((await store.thisDatabase()).restored !== null) return;
  let plan = planned;
  let left = 0;
  for (const agent of planned.lines.flatMap(({ agents }) => agents)) {
    const stands = await standingOf(deps, agent);
    if (stands === 'drained') continue;
    left += 1;
    if (stands === 'under way') continue;
    const outcome = stands === 'to begin' ? await begin(deps, plan, agent) : stands;
    if ('ended' in outcome) {
      const { drain, how } = outcome.ended;
      const why = { code: 'drain-ended' as const, agentId: agent.agentId, drain, how };
      return write(plan, [{ type: 'ended', at: clock.now(), end: { kind: 'failed', why } }], null);
    }
    plan = await latest(deps, plan);
    if (plan.state.status !== 'running') return;
  }
  const call = callAfter(plan.work, null);
  if (left === 0 && call !== null)
    await write(plan, [{ type: 'step-begun', at: clock.now(), step: { at: 'next', call } }], null);
}

type Ended = { ended: { drain: AgentOfMachine['drain']; how: string } };

/** What the drain of one agent has come to, by its own record. */
async function standingOf(
  { store }: WatchMachinesDeps,
  { drain }: AgentOfMachine,
): Promise<'to begin' | 'under way' | 'drained' | Ended> {
  if (drain === null) return 'to begin';
  const stored = (await store.drain(drain))?.drain ?? null;
  if (stored === null) return { ended: { drain, how: 'Its record is not there any more.' } };
  const { state } = stored;
  if (state.status === 'drained') return 'drained';
  return state.status === 'ended'
    ? { ended: { drain, how: `Its drain ended: ${state.end.kind.replaceAll('-', ' ')}.` } }
    : 'under way';
}

/** Begins the drain of one agent, or goes on from ours that is there. `waits`: its turn comes again. */
async function begin(
  deps: WatchMachinesDeps,
  plan: MachinesPlan,
  agent: AgentOfMachine,
): Promise<Ended | { waits: true }> {
  const { store, clock, newId } = deps;
  const ours = await ourDrainOf(deps, agent);
  if (ours !== null) {
    await store.transact(async (tx) => {
      const event = { type: 'drain-begun', at: clock.now(), agentId: agent.agentId, drain: ours.id } as const;
      await applyMachines(tx, plan, [event], newId);
    });
    return { waits: true };
  }
  try {
    const sent = await send(deps, plan, agent);
    return sent.ok || mayWait(sent.refusal) ? { waits: true } : notBegun(sent.refusal);
  } catch (fault) {
    if (fault instanceof MasterFault || fault instanceof VersionConflict) return { waits: true };
    throw fault;
  }
}

function notBegun({ code }: Refusal): Ended {
  return { ended: { drain: null, how: `Its drain could not begin: ${code.replaceAll('-', ' ')}.` } };
}

/** Others drain there, too much is out of service for now, or nobody can say. Mended, the policy may well let it through. */
function mayWait(refusal: Refusal): boolean {
  const isBraked =
    refusal.code === 'against-policy' && refusal.objections.every(({ about }) => about === 'brake');
  if (isBraked) return true;
  return refusal.code === 'limit-reached' || refusal.code === 'policy-broken' || isUnreadable(refusal);
}

async function ourDrainOf(
  { store, master }: WatchMachinesDeps,
  { agentId }: AgentOfMachine,
): Promise<Drain | null> {
  const all = [...(await store.openDrains(master.cluster)), ...(await store.outOfService(master.cluster))];
  return all.find(({ drain }) => drain.agentId === agentId && drain.way === 'drain')?.drain ?? null;
}

async function send(
  deps: WatchMachinesDeps,
  plan: MachinesPlan,
  { agentId }: AgentOfMachine,
): Promise<Result<'sent'>> {
  const { store, master, clock, policy, newId } = deps;
  const { cluster } = master;
  const forbidden = forbiddenNow(deps, plan);
  if (forbidden !== null) return refuse(forbidden);
  const line = plan.lines.find(({ agents }) => agents.some((each) => each.agentId === agentId));
  const { hostname = '', ip = '' } = line?.machine ?? {};
  const address = { ip, port: 0 };
  const found = await sameAgain(deps, { agentId, hostname, address, askedAt: plan.proposedAt });
  const maxGrace = plan.work.do === 'start' ? (plan.work.drainFirst?.maxGrace ?? null) : null;
  const { preview, sighting } = await buildPreview(master, found, {
    maxGrace,
    markGone: false,
    unattended: false,
    openDrain: null,
    at: clock.now(),
  });
  const judge = (open: Drain[]) =>
    objectionsTo(found.chosen, sighting, preview, open, policy.current().limits)[0];
  const objection = judge((await store.openDrains(cluster)).map(({ drain }) => drain));
  if (objection !== undefined) return refuse(objection);
  const wanted = wantedOf(
    plan.requester.userId,
    [found.chosen],
    [preview],
    insistsOfPlan(plan, plan.proposedAt),
  );
  const beside = await lookBeside(deps, true);
  const against = (await beside.judge(wanted)).refusal;
  if (against !== null) return refuse(against);
  const person = inPerson(plan.requester);
  const { channel, correlation, reason, typed, approved } = plan;
  return sendDrain(deps, {
    way: 'drain',
    cluster,
    agent: found.chosen,
    preview,
    requester: person,
    channel,
    thread: plan.thread,
    plan: plan.id,
    correlation,
    reason,
    maxGrace,
    markGone: false,
    goneNext: false,
    approved: null,
    audit: {
      actor: { kind: 'person', person },
      correlation,
      command: { typed },
      place: { channel },
      ...(approved === null ? {} : { approval: approvalInLog(approved) }),
    },
    record: async (tx, drain, at) => {
      const overtaken = judge((await tx.openDrains(cluster)).filter(({ id }) => id !== drain.id));
      if (overtaken !== undefined) throw new Overtaken(overtaken);
      await refuseBeside(tx, beside, wanted, drain.id);
      await refuseBesideOthers(tx, found.chosen, cluster, plan.id);
      const event = { type: 'drain-begun', at, agentId, drain: drain.id } as const;
      // Whoever stopped the plan meanwhile has moved it on, and this conflicts.
      await applyMachines(tx, plan, [event], newId);
    },
  });
}

async function latest({ store }: WatchMachinesDeps, plan: MachinesPlan): Promise<MachinesPlan> {
  const now = await store.plan(plan.id);
  return now?.of === 'machines' ? now : plan;
}
