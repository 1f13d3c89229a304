import type { KnownAgent, RegistryWord } from '../../domain/agent.ts';
import type { Shown } from '../../domain/outside/agents.ts';
import { serviceOf } from '../../domain/outside/service.ts';
import type { Master, Sweep } from '../ports.ts';

/** The registry's words on some agents, and whose registry it is. */
export type RegistryWords = Awaited<ReturnType<Master['registryOn']>>;

/** All that a sweep shows of what operators made of agents. `told` null: the registry was not asked, or not read. `before`
 * and `after`: the directory on either side of it. */
export function shownBy(
  sweep: Sweep,
  told: RegistryWords | null,
  { before, after }: { before: KnownAgent[]; after: KnownAgent[] },
): Shown[] {
  return [...inList(sweep), ...inRegistry(told, after), ...goneBefore(before, sweep.leader.id)];
}

function inList({ leader, registered }: Sweep): Shown[] {
  return registered.map((agent) => ({
    agentId: agent.agentId,
    hostname: agent.hostname,
    leader: leader.id,
    now: serviceOf(agent),
    goneAt: null,
  }));
}

function inRegistry(told: RegistryWords | null, agents: KnownAgent[]): Shown[] {
  return agents.flatMap((agent) => {
    const word = told?.words.get(agent.agentId);
    return told === null || word === undefined ? [] : wordOn(agent, word, told.leader);
  });
}

function wordOn({ agentId, hostname }: KnownAgent, word: RegistryWord, leader: Shown['leader']): Shown[] {
  const who = { agentId, hostname, leader, goneAt: null };
  switch (word.kind) {
    case 'gone':
      return [{ ...who, now: 'gone', goneAt: word.at }];
    case 'unreachable':
      return [{ ...who, now: serviceOf(word) }];
    case 'none':
      return [{ ...who, now: 'forgotten' }];
    case 'admitted': // the registry holds its service too, but the list shows that once it is back
      return [];
  }
}

/** Agents whose end may not have been judged yet: the registry is not asked about them any more. */
function goneBefore(agents: KnownAgent[], leader: Shown['leader']): Shown[] {
  return agents.flatMap(({ agentId, hostname, state }) =>
    state === 'gone' ? [{ agentId, hostname, leader, now: 'gone', goneAt: null }] : [],
  );
}
