import type { MasterSighting, RegistryWord } from '../domain/agent.ts';
import type { AgentId, MasterId } from '../domain/ids.ts';
import { ReadFault } from './read-fault.ts';
import type { LeaderAt, Reads } from './reads.ts';
import { registryQuery, slavesQuery } from './requests.ts';
import { type RegistryLook, wordOn } from './shapes/registry.ts';

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
  let word: RegistryWord;
  try {
    word = wordOn(agent, await registryOf(reads, before));
  } catch (error) {
    return unexplained(before, messageOf(error));
  }
  switch (word.kind) {
    case 'gone':
      return { kind: 'gone', leader, at: word.at };
    case 'unreachable':
      return { ...word, leader };
    case 'admitted':
      return 'came-back';
    case 'none':
      return { kind: 'absent', leader, ...(word.down.length === 0 ? {} : { down: word.down }) };
  }
}

/** The registry's word on many agents, in one read of the whole (mesos-api 2.6); between two GET_MASTER of the same id,
 * as a look at one. Throws a ReadFault where it can't be had. */
export async function registryWords(
  reads: Reads,
  agents: AgentId[],
): Promise<{ leader: MasterId; words: Map<AgentId, RegistryWord> }> {
  const before = await reads.leader();
  const found = await registryOf(reads, before);
  return { leader: before.leader.id, words: new Map(agents.map((agent) => [agent, wordOn(agent, found)])) };
}

async function registryOf(reads: Reads, before: LeaderAt): Promise<RegistryLook> {
  const found = await reads.askAt(before.base, registryQuery);
  if (found.writer === null) throw new ReadFault('the registry came empty: this master does not lead', true);
  if (found.writer !== before.leader.id) throw new ReadFault('the registry is of another leader', true);
  const doubt = await leadershipDoubt(reads, before);
  if (doubt !== null) throw new ReadFault(doubt, true);
  return found;
}

/** Why the same leader may not have led all along; null: it did. */
export async function leadershipDoubt(reads: Reads, before: LeaderAt): Promise<string | null> {
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
