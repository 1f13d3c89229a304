import type { KnownAgent } from '../../domain/agent.ts';
import { type CoveredMachine, type Covers, coveredFrom } from '../../domain/approval/covers.ts';
import { holdsLine } from '../../domain/maintenance/may-maintain.ts';
import { firstStep } from '../../domain/maintenance/steps.ts';
import type { MachinesPlan, Plan } from '../../domain/plan.ts';
import type { Preview } from '../../domain/preview.ts';
import { ok, type Refusal, type Result } from '../../domain/refusal.ts';
import { isRegistered } from '../../domain/target.ts';
import type { PlanActs, Question } from '../approvals/plans/plan-acts.ts';
import { Overtaken } from '../overtaken.ts';
import { besideOfMachines, collidedBy, insistsOfPlan } from '../plans/beside-of-plan.ts';
import { spreadOfList } from '../plans/spread-of-list.ts';
import { applyMachines } from './apply-machines.ts';
import {
  type ConfirmMachinesDeps,
  changedSince,
  judgeAgain,
  notReady,
  objectionsIn,
} from './confirm-machines.ts';
import { lookAtMachines } from './draw-up.ts';
import { agentsThere } from './machines-meant.ts';
import { previewOn } from './preview-on.ts';
import { sendStep } from './send-step.ts';

/** What questions about plans over machines need to have done with them. */
export function makeMachinesActs(deps: ConfirmMachinesDeps): PlanActs {
  return {
    look: (plan, _besides, forPeople) => look(deps, ofMachines(plan), forPeople),
    overtakenBy: async (tx, plan) => {
      const machines = objectionsToOthers(ofMachines(plan), await tx.unendedPlans(plan.cluster));
      return machines.length === 0 ? collidedBy(tx, deps, plan) : notReady(ofMachines(plan), machines);
    },
    begin: async (tx, plan, approved, at) => {
      const step = firstStep(ofMachines(plan).work);
      await applyMachines(tx, ofMachines(plan), [{ type: 'begun', at, approved, step }], deps.newId);
    },
    send: (plan, approved, question) => sendLast(deps, ofMachines(plan), approved, question),
  };
}

/** Other plans alone: how the machines stand, only a read can tell. */
function objectionsToOthers(plan: MachinesPlan, plans: readonly Plan[]): ReturnType<typeof objectionsIn> {
  return plan.lines.flatMap((line) => {
    const other = plans.find((each) => each.id !== plan.id && holdsLine(each, line));
    return other === undefined ? [] : [{ machine: line.machine, why: 'in-plan' as const, plan: other.id }];
  });
}

async function look(
  deps: ConfirmMachinesDeps,
  plan: MachinesPlan,
  forPeople: boolean,
): Promise<Result<Covers>> {
  const looked = await judgeAgain(deps, plan);
  if (!looked.ok) return looked;
  const { work } = plan;
  // With a drain first they end as in any drain.
  const atOnce = work.do === 'start' && work.drainFirst === null;
  const seen: { machine: CoveredMachine['machine']; agents: { agent: KnownAgent; preview: Preview }[] }[] =
    [];
  for (const { machine } of plan.lines) {
    const there = agentsThere(machine, looked.value.directory).filter(isRegistered);
    const agents = there.map(async (agent) => ({ agent, preview: await previewOn(deps, agent) }));
    seen.push({ machine, agents: await Promise.all(agents) });
  }
  // Only a start ends what runs there.
  const previews = seen.flatMap(({ agents }) => agents.map(({ preview }) => preview));
  const spread = forPeople && work.do === 'start' ? await spreadOfList(deps, previews) : () => null;
  const lines = seen.map(({ machine, agents }) => ({
    machine,
    agents: agents.map(({ agent, preview }) => coveredFrom(agent, preview, atOnce, spread(preview))),
  }));
  return ok({ of: 'machines', work, lines });
}

/** START_MAINTENANCE, by what the master shows now. */
function sendLast(
  deps: ConfirmMachinesDeps,
  planned: MachinesPlan,
  approved: Parameters<PlanActs['send']>[1],
  question: Question,
): Promise<Refusal | null> {
  return deps.oneWriter(async () => {
    const { store, clock } = deps;
    const plan = (await store.plan(planned.id)) ?? planned;
    const now = await lookAtMachines(deps);
    const machines = objectionsIn(ofMachines(plan), now, await store.unendedPlans(plan.cluster));
    if (machines.length > 0) return notReady(ofMachines(plan), machines);
    const isFirst = plan.state.status === 'asked';
    if (isFirst && changedSince(ofMachines(plan), now).length > 0)
      return notReady(
        ofMachines(plan),
        ofMachines(plan).lines.map(({ machine }) => ({ machine, why: 'moved' as const, plan: null })),
      );
    const insists = insistsOfPlan(plan, null);
    const others = await besideOfMachines(deps, ofMachines(plan), now.directory, insists);
    if (others?.verdict.refusal) return others.verdict.refusal;
    const step = { at: 'next' as const, call: 'start' as const };
    await question.voted();
    try {
      await sendStep(deps, ofMachines(plan), {
        call: 'start',
        windows: now.seen.windows,
        events: isFirst ? [{ type: 'begun', at: clock.now(), approved, step }] : [],
        record: question.used,
      });
      return null;
    } catch (fault) {
      if (fault instanceof Overtaken) return fault.refusal;
      throw fault;
    }
  });
}

function ofMachines(plan: Plan): MachinesPlan {
  if (plan.of !== 'machines') throw new TypeError(`p${plan.id} is not over machines`);
  return plan;
}
