import { after, type Instant } from '../../../domain/ids.ts';
import { type AgentsPlanEvent, tallyOf } from '../../../domain/plan/agents-evolve.ts';
import { hasEndedWell } from '../../../domain/plan/line-end.ts';
import type { AgentLineOfPlan, AgentsPlan } from '../../../domain/plan.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { allToTheirEnd } from '../../all-to-their-end.ts';
import { MasterFault, VersionConflict } from '../../faults.ts';
import { applyAgentsPlan } from '../apply-agents-plan.ts';
import { type BeginDeps, beginLine, waitsFor } from './begin-line.ts';

export interface RunDeps extends BeginDeps {
  timing: { pollMs: number };
  onWritten(): void;
}

/** Lines that are begun at once: each is a look and a call. */
const atOnce = 4;
/** A line that could not begin by then is left out: the world that its plan was confirmed for is gone (promise 3). */
const mostWaitMs = 15 * 60_000;

/** Carries a running plan over agents on by what its lines' own records say, and begins those whose turn has come. Answers
 * when to look again by the clock; null: whatever is written next wakes it. */
export async function runAgents(deps: RunDeps, plan: AgentsPlan, since: Instant): Promise<Instant | null> {
  await write(deps, plan, await newsOfLines(deps, plan));
  const todo = plan.lines.filter(({ state }) => state.is === 'todo');
  // What the lost part of a log has done already, nobody here knows.
  const { restored } = await deps.store.thisDatabase();
  if (restored === null)
    for (let at = 0; at < todo.length; at += atOnce)
      await allToTheirEnd(todo.slice(at, at + atOnce).map((line) => begin(deps, plan, line, since)));
  await endIfOver(deps, plan);
  const now = await deps.store.plan(plan.id);
  const waits = now?.of === 'agents' && now.lines.some(({ state }) => state.is === 'todo');
  return waits ? after(deps.clock.now(), deps.timing.pollMs) : null;
}

/** The lines whose own records have come to an end. */
async function newsOfLines({ store, clock }: RunDeps, plan: AgentsPlan): Promise<AgentsPlanEvent[]> {
  const events: AgentsPlanEvent[] = [];
  for (const { agentId, state } of plan.lines) {
    if (state.is !== 'begun') continue;
    const well =
      'drain' in state.by
        ? hasEndedWell({ drain: (await store.drain(state.by.drain))?.drain ?? null })
        : hasEndedWell({ reactivation: await store.reactivation(state.by.reactivation) });
    if (well !== null) events.push({ type: 'line-ended', at: clock.now(), agentId, well });
  }
  return events;
}

async function begin(deps: RunDeps, plan: AgentsPlan, line: AgentLineOfPlan, since: Instant): Promise<void> {
  const { clock } = deps;
  const late = clock.now() > after(since, mostWaitMs);
  const refusal = late ? tooLate(clock.now(), since) : await refusalOf(deps, plan, line, since);
  if (refusal === null) return deps.onWritten();
  await write(deps, plan, [{ type: 'line-refused', at: clock.now(), agentId: line.agentId, refusal }]);
}

/** Null: it has begun, or its turn comes again. */
async function refusalOf(
  deps: RunDeps,
  plan: AgentsPlan,
  line: AgentLineOfPlan,
  since: Instant,
): Promise<Refusal | null> {
  const { log, clock } = deps;
  try {
    const begun = await beginLine(deps, plan, line);
    if (begun.ok || begun.refusal.code === 'plan-settled' || waitsFor(begun.refusal)) return null;
    return begun.refusal;
  } catch (fault) {
    if (!(fault instanceof MasterFault)) throw fault;
    log.warn({ err: fault, agentId: line.agentId, since }, 'a line of a plan can not begin now');
    return clock.now() > after(since, mostWaitMs) ? tooLate(clock.now(), since) : null;
  }
}

function tooLate(now: Instant, since: Instant): Refusal {
  return { code: 'picked-up-late', afterSeconds: Math.round((now - since) / 1000) };
}

async function endIfOver(deps: RunDeps, { id }: AgentsPlan): Promise<void> {
  const plan = await deps.store.plan(id);
  if (plan?.of !== 'agents' || plan.state.status !== 'running') return;
  const { todo, begun } = tallyOf(plan);
  if (todo + begun > 0) return;
  await write(deps, plan, [{ type: 'ended', at: deps.clock.now(), end: { kind: 'done' } }]);
}

/** Onto the plan as it stands when it is written: its lines begin and end side by side. */
async function write(deps: RunDeps, { id }: AgentsPlan, events: AgentsPlanEvent[]): Promise<void> {
  if (events.length === 0) return;
  try {
    await deps.store.transact(async (tx) => {
      const plan = await tx.plan(id);
      if (plan?.of !== 'agents' || plan.state.status !== 'running') return;
      const due = events.filter((event) => isStillDue(plan, event));
      await applyAgentsPlan(tx, plan, due, deps.newId);
    });
  } catch (fault) {
    if (!(fault instanceof VersionConflict)) throw fault;
    deps.log.debug({ plan: id }, 'a plan moved on during a pass');
  }
  deps.onWritten();
}

/** Somebody may have stopped the plan meanwhile. */
function isStillDue(plan: AgentsPlan, event: AgentsPlanEvent): boolean {
  if (event.type !== 'line-ended' && event.type !== 'line-refused') return true;
  const wanted = event.type === 'line-ended' ? 'begun' : 'todo';
  return plan.lines.some(({ agentId, state }) => agentId === event.agentId && state.is === wanted);
}
