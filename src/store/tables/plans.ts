import type { Knex } from 'knex';
import { AgentHeld, StoreFault, VersionConflict } from '../../app/faults.ts';
import { type ClusterName, type Instant, type PlanId, planId, showPlanId } from '../../domain/ids.ts';
import { agentsHeld, type Plan } from '../../domain/plan.ts';
import { planShape } from '../shapes/plan.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';

interface Row {
  id: number;
  body: string;
  version: number;
  cluster: string;
  status: Plan['state']['status'];
}

interface Held {
  cluster: string;
  agent_id: string;
  plan: number;
}

export async function nextPlanId(trx: Knex): Promise<PlanId> {
  await trx('plan_counter').increment('last', 1);
  const counter = await trx<{ last: number }>('plan_counter').first('last');
  if (counter === undefined) throw new StoreFault('The plan counter is missing: restore a backup.');
  return planId(counter.last);
}

export async function insertPlan(trx: Knex, plan: Plan): Promise<void> {
  await trx<Row>('plans').insert({ id: plan.id, body: toStored(plan) });
  await hold(trx, plan);
}

export async function savePlan(trx: Knex, plan: Plan): Promise<void> {
  const saved = await trx<Row>('plans')
    .where({ id: plan.id, version: plan.version - 1 })
    .update({ body: toStored(plan) });
  if (saved === 0)
    throw new VersionConflict(`${showPlanId(plan.id)} is not at version ${plan.version - 1} any more.`);
  await hold(trx, plan);
}

/** Each agent that the plan holds is held by no other. */
async function hold(trx: Knex, plan: Plan): Promise<void> {
  const wanted = new Set<string>(agentsHeld(plan));
  const rows = await trx<Held>('plan_agents').where({ plan: plan.id }).select('agent_id');
  const held = new Set(rows.map(({ agent_id }) => agent_id));
  // A long list is written at each step of each line: only what changes is touched.
  for (const agentId of held)
    if (!wanted.has(agentId))
      await trx<Held>('plan_agents').where({ plan: plan.id, agent_id: agentId }).delete();
  for (const agentId of wanted) {
    if (held.has(agentId)) continue;
    const other = await trx<Held>('plan_agents')
      .where({ cluster: plan.cluster, agent_id: agentId })
      .first('plan');
    if (other !== undefined) throw new AgentHeld(`${agentId} is held by ${showPlanId(planId(other.plan))}.`);
    await trx<Held>('plan_agents').insert({ cluster: plan.cluster, agent_id: agentId, plan: plan.id });
  }
}

export async function planOf(db: Knex, id: PlanId): Promise<Plan | null> {
  const row = await db<Row>('plans').where({ id }).first();
  return row === undefined ? null : read(row);
}

export async function unendedPlans(db: Knex, cluster: ClusterName): Promise<Plan[]> {
  return (await db<Row>('plans').where({ cluster }).whereNot({ status: 'ended' }).orderBy('id')).map(read);
}

export async function plansSince(trx: Knex, cluster: ClusterName, since: Instant): Promise<Plan[]> {
  const rows = await trx<Row>('plans')
    .where({ cluster })
    .where((lately) =>
      lately.whereNot({ status: 'ended' }).orWhereRaw("json_extract(body, '$.state.at') >= ?", [since]),
    )
    .orderBy('id');
  return rows.map(read);
}

export async function latestPlans(db: Knex, limit: number): Promise<Plan[]> {
  return (await db<Row>('plans').orderBy('id', 'desc').limit(limit)).map(read);
}

/** By the text of the row: many ask for the same plans in one pass, and one of two hundred agents takes long to parse. */
const parsed = new Map<string, Plan>();
const mostParsed = 20;

function read({ id, body }: Row): Plan {
  const plan = parsed.get(body) ?? fromStored(planShape, `plans ${id}`, body);
  // The latest last, so that what nobody reads any more goes first.
  parsed.delete(body);
  parsed.set(body, plan);
  const [oldest] = parsed.keys();
  if (parsed.size > mostParsed && oldest !== undefined) parsed.delete(oldest);
  return plan;
}
