import { type AgentSubject, listed } from './agent-subject.ts';
import { holds, same } from './assertion.ts';
import type { OperatorApi } from './operator-api.ts';

const masterId = async (leader: OperatorApi): Promise<string> =>
  (await leader.read<{ master_info: { id: string } }>('GET_MASTER')).master_info.id;

/** Throws unless neither GET_AGENTS nor `/slaves` lists the agent. */
export async function absent(subject: AgentSubject): Promise<void> {
  same((await listed(subject)) !== null, false, 'in GET_AGENTS');
  const filtered = await subject.leader.send(`/slaves?slave_id=${subject.agent}`);
  same(JSON.parse(filtered.text), { slaves: [], recovered_slaves: [] }, '/slaves');
}

/** Throws unless the registry of one and the same leader lists the agent as gone: the only proof there is (a standby
 * answers `{}`; mesos-recordings registry_03). */
export async function goneInRegistry({ leader, agent }: AgentSubject): Promise<void> {
  const before = await masterId(leader);
  const { gone } = JSON.parse((await leader.send('/registrar(1)/registry')).text) as {
    gone?: { slaves: { id: { value: string } }[] };
  };
  same(await masterId(leader), before, 'GET_MASTER id after the registry was read');
  holds(gone?.slaves.some(({ id }) => id.value === agent) === true, 'not in gone.slaves');
}
