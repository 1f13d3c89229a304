import type { Knex } from 'knex';
import type { KnownAgent } from '../../domain/agent.ts';
import type { ClusterName } from '../../domain/ids.ts';
import { knownAgentShape } from '../shapes/known-agent.ts';
import { fromStored, toStored } from '../shapes/stored-json.ts';

interface Row {
  cluster: string;
  agent_id: string;
  body: string;
}

/** Rows of one statement: SQLite takes 500 terms of a compound select. */
const chunk = 100;

export async function rememberAgents(trx: Knex, cluster: ClusterName, agents: KnownAgent[]): Promise<void> {
  for (let from = 0; from < agents.length; from += chunk)
    await trx<Row>('agents')
      .insert(
        agents
          .slice(from, from + chunk)
          .map((agent) => ({ cluster, agent_id: agent.agentId, body: toStored(agent) })),
      )
      .onConflict(['cluster', 'agent_id'])
      .merge();
}

export async function directory(db: Knex, cluster: ClusterName): Promise<KnownAgent[]> {
  const rows = await db<Row>('agents').where({ cluster }).orderBy('agent_id');
  return rows.map((row) => fromStored(knownAgentShape, `agents ${row.agent_id}`, row.body));
}
