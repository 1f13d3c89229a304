import type { KnownAgent, RegistryWord } from '../../domain/agent.ts';
import type { Instant } from '../../domain/ids.ts';

/** How long an unexplained absence is asked about again. */
const askAgainMs = 3_600_000;
/** How long the master's registry remembers an unreachable agent by default (`--registry_max_agent_age`), and a little. */
const unreachableForMs = 15 * 86_400_000;

/** Whether the registry is asked what became of an agent that the master does not list. */
export function isAskedAbout(agent: KnownAgent, now: Instant): boolean {
  if (agent.state === 'unlisted') return now < agent.lastSeenAt + askAgainMs;
  if (agent.state === 'unreachable') return now < agent.lastSeenAt + unreachableForMs;
  return agent.state !== 'gone';
}

/** Why an agent is no longer listed; absence alone says nothing. */
export function explain(agent: KnownAgent, word: RegistryWord | undefined): KnownAgent {
  switch (word?.kind) {
    case 'gone':
    case 'unreachable':
      return { ...agent, state: word.kind };
    case 'admitted': // it came back since the list was read
      return agent;
    case 'none':
      return { ...agent, state: 'unlisted' };
    case undefined:
      return agent.state === 'unreachable' ? agent : { ...agent, state: 'unlisted' };
  }
}
