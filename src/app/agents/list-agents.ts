import { isInUse, type KnownAgent } from '../../domain/agent.ts';
import type { Command } from '../../domain/command.ts';
import { type AgentId, type Instant, instant } from '../../domain/ids.ts';
import type { AgentLine, Notice } from '../../domain/notice.ts';
import type { Work } from '../../domain/open-work.ts';
import { byHostname } from '../../domain/select-agents.ts';
import { isRegistered } from '../../domain/target.ts';
import { isSelected, showTargets } from '../../domain/targets.ts';
import type { Clock, Master, Store } from '../ports.ts';
import { takenOutElsewhere } from '../stays/out-of-service.ts';
import { knownFrom } from './find-agent.ts';
import { byAgent, ourOpenWork } from './our-open-work.ts';

type Asked = Extract<Command, { verb: 'agents' }>;

interface ListDeps {
  store: Store;
  master: Master;
  clock: Clock;
}

/** The most that one answer shows; each is asked for its tasks. */
const pageSize = 20;
/** How long an answer waits for what the agents say of their tasks, in ms. */
const patienceMs = 500;

/** A page of the agents that the directory knows, filtered, by hostname; a fresh sweep where it knows none yet. */
export async function listAgents(deps: ListDeps, command: Asked, now: Instant): Promise<Notice> {
  const { store, master } = deps;
  const { state, selection, after } = command;
  const remembered = await store.directory(master.cluster);
  const agents = remembered.length > 0 ? remembered : knownFrom(await master.sweep(), now, remembered);
  const meant = agents
    .filter((agent) => state === null || agent.state === state)
    .filter((agent) => isSelected(agent, selection))
    .sort(byHostname);
  // One that the list has no more turns back to its beginning.
  const from = after === null ? 0 : meant.findIndex(({ agentId }) => agentId === after) + 1;
  const shown = meant.slice(from, from + pageSize);
  const work = byAgent(await ourOpenWork(store, master.cluster));
  const tasks = await tasksOn(deps, shown);
  const lines: AgentLine[] = [];
  for (const agent of shown) {
    const own = work.get(agent.agentId) ?? null;
    lines.push({
      agentId: agent.agentId,
      hostname: agent.hostname,
      state: agent.state,
      since: await sinceWhen(store, agent, own),
      tasks: tasks.get(agent.agentId) ?? null,
      open: own?.kind ?? null,
      attributes: agent.attributes,
    });
  }
  const seen = agents.map((agent) => agent.lastSeenAt);
  return {
    kind: 'agents',
    cluster: master.cluster,
    agents: lines,
    of: meant.length,
    from,
    states: tally(meant),
    words: wordsOf(command),
    asOf: seen.length === 0 ? now : instant(Math.max(...seen)),
    filtered: state !== null || selection.where.length + selection.hosts.length > 0,
  };
}

/** As one would type it, from its first page. */
function wordsOf({ state, selection }: Asked): string {
  const selected = showTargets(selection);
  return [
    'agents',
    ...(selected === '' ? [] : [selected]),
    ...(state === null ? [] : [`--state ${state}`]),
  ].join(' ');
}

function tally(agents: readonly KnownAgent[]): { state: KnownAgent['state']; agents: number }[] {
  const states = new Map<KnownAgent['state'], number>();
  for (const { state } of agents) states.set(state, (states.get(state) ?? 0) + 1);
  return [...states].map(([state, count]) => ({ state, agents: count }));
}

/** Since when an agent is out of service, and by whom; null: it is not, or nobody saw how that came. */
async function sinceWhen(
  store: Store,
  { agentId, state }: KnownAgent,
  own: Work | null,
): Promise<AgentLine['since']> {
  if (state !== 'draining' && state !== 'drained' && state !== 'deactivated') return null;
  if (own !== null && (own.kind.what === 'drain' || own.kind.what === 'drained')) {
    const drain = (await store.drain(own.kind.drain))?.drain;
    if (drain !== undefined)
      return {
        at: drain.state.status === 'drained' ? drain.state.provenAt : drain.intendedAt,
        by: drain.requester.userId,
      };
  }
  if (own?.keptAway !== undefined) return own.keptAway;
  const at = await takenOutElsewhere(store, agentId);
  return at === null ? null : { at, by: 'outside' };
}

/** What each says that it runs; of one that can't be asked, or takes too long, nothing. What the master counts as unused
 * runs nothing. */
async function tasksOn(
  { master, clock }: ListDeps,
  agents: readonly KnownAgent[],
): Promise<Map<AgentId, number>> {
  const told = new Map<AgentId, number>();
  let cancel = () => {};
  const enough = new Promise<void>((resolve) => {
    cancel = clock.after(patienceMs, resolve);
  });
  const asked = agents.map(async (agent) => {
    const { agentId, address, room } = agent;
    if (room !== null && !isInUse(room.used)) told.set(agentId, 0);
    if (!isRegistered(agent) || address === null || told.has(agentId)) return;
    const word = await master.askAgent(agentId, address);
    if (word.kind === 'asked')
      told.set(agentId, word.tasks.filter((task) => !task.terminalUnacknowledged).length);
  });
  await Promise.race([enough, Promise.all(asked)]);
  cancel();
  return new Map(told);
}
