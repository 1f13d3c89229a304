import type { MasterSighting } from '../domain/agent.ts';
import type { AgentId } from '../domain/ids.ts';
import type { LeaderAt, Reads } from './reads.ts';
import { registryQuery, slavesQuery } from './requests.ts';
import type { RegistryLook } from './shapes/registry.ts';

/** One look at one agent (mesos-api 2.6). Never throws.
 *
 * `/slaves` also answers, with empty lists, on a master that leads but has not read its registry yet; and a
 * leadership can end between two requests. So everything is asked at one address, between two GET_MASTER of the
 * same id: a master that has not recovered answers those with 503. */
export async function lookAt(reads: Reads, agent: AgentId): Promise<MasterSighting> {
  try {
    const before = await reads.leader();
    const first = await lookOnce(reads, agent, before);
    if (first !== 'came-back') return first;
    // The registry has it admitted, the list had it not: it registered in between, and now both must know it.
    const second = await lookOnce(reads, agent, before);
    if (second !== 'came-back') return second;
    return unexplained(before, 'the registry lists it as registered, the master does not');
  } catch (error) {
    return { kind: 'not-read', why: messageOf(error) };
  }
}

async function lookOnce(
  reads: Reads,
  agent: AgentId,
  before: LeaderAt,
): Promise<MasterSighting | 'came-back'> {
  const listed = await reads.askAt(before.base, slavesQuery(agent));
  const leader = before.leader.id;
  if (listed.registered !== null || listed.recovered) {
    const doubt = await leadershipDoubt(reads, before);
    if (doubt !== null) return { kind: 'not-read', why: doubt };
    if (listed.registered === null) return { kind: 'recovered', leader };
    return { kind: 'registered', leader, agent: listed.registered };
  }
  return await fromRegistry(reads, agent, before);
}

async function fromRegistry(
  reads: Reads,
  agent: AgentId,
  before: LeaderAt,
): Promise<MasterSighting | 'came-back'> {
  const leader = before.leader.id;
  let found: RegistryLook;
  try {
    found = await reads.askAt(before.base, registryQuery(agent));
  } catch (error) {
    return unexplained(before, messageOf(error));
  }
  if (found.writer === null) return unexplained(before, 'the registry came empty: this master does not lead');
  if (found.writer !== leader) return unexplained(before, 'the registry is of another leader');
  const doubt = await leadershipDoubt(reads, before);
  if (doubt !== null) return unexplained(before, doubt);
  const { entry } = found;
  switch (entry.kind) {
    case 'gone':
      return { kind: 'gone', leader, at: entry.at };
    case 'unreachable': {
      const { since, drain, deactivated } = entry;
      return { kind: 'unreachable', leader, since, drain, deactivated };
    }
    case 'admitted':
      return 'came-back';
    case 'none':
      return { kind: 'absent', leader, ...(entry.down.length === 0 ? {} : { down: entry.down }) };
  }
}

/** Why the same leader may not have led all along; null: it did. */
async function leadershipDoubt(reads: Reads, before: LeaderAt): Promise<string | null> {
  try {
    const after = await reads.leaderAt(before.base);
    return after.leader.id === before.leader.id ? null : 'the leader changed during the look';
  } catch (error) {
    return `the leader may have changed during the look: ${messageOf(error)}`;
  }
}

function unexplained(before: LeaderAt, why: string): MasterSighting {
  return { kind: 'unexplained', leader: before.leader.id, why };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'a read failed';
}
