import { showDrainId } from '../../../domain/ids.ts';
import type { AgentLine, Notice } from '../../../domain/notice.ts';
import { shortId } from '../text/agent-name.ts';
import { raw } from '../text/clean.ts';
import { plain, preformatted } from '../text/escape.ts';
import { count, enumerate, note, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';

/** The agents as an aligned table, those out of the ordinary first. */
export function agentsParts(notice: Extract<Notice, { kind: 'agents' }>): Part[] {
  const { agents, cluster, asOf, filtered } = notice;
  const read = note(`As of ${when(asOf, asOf)}. One agent in full: \`/mesos preview TARGET\`.`);
  if (agents.length === 0) {
    return [
      text(
        filtered
          ? `*No agent of ${plain(cluster)} is like that.* All of them: \`/mesos agents\``
          : `*No agents are known on ${plain(cluster)}.*`,
      ),
      read,
    ];
  }
  return [
    text(
      `*${count(agents.length, filtered ? 'such agent' : 'agent')} on ${plain(cluster)}:* ${tally(agents)}`,
    ),
    {
      as: 'table',
      items: rows([...agents].sort(byInterest)),
      more: (left) => `…and ${count(left, 'more agent')}: narrow it with --state, --attribute or --host.`,
    },
    read,
  ];
}

function tally(agents: AgentLine[]): string {
  const states = new Map<string, number>();
  for (const { state } of agents) states.set(state, (states.get(state) ?? 0) + 1);
  return enumerate(
    [...states].map(([state, of]) => `${of} ${state}`),
    10,
  );
}

function byInterest(a: AgentLine, b: AgentLine): number {
  const ordinary = Number(a.state === 'active') - Number(b.state === 'active');
  return ordinary || (a.hostname < b.hostname ? -1 : a.hostname > b.hostname ? 1 : 0);
}

/** Each row padded by the widths of its column, before escaping, so that entities don't push it out of line. A state
 * that all share stands in the headline: without it, more rows fit the width of a phone. */
function rows(agents: AgentLine[]): string[] {
  const ids = shortIds(agents);
  const isAlike = new Set(agents.map(({ state }) => state)).size === 1;
  const cells = agents.map((agent, at) => [
    ids[at] ?? '',
    raw(agent.hostname, 32),
    isAlike ? '' : agent.state,
    agent.drain === null ? '' : showDrainId(agent.drain),
    Object.entries(agent.attributes)
      .slice(0, 3)
      .map(([key, value]) => raw(`${key}=${value}`, 20))
      .join(' '),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    preformatted(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .filter((_, column) => widths[column] !== 0)
        .join('\u00A0 ')
        .trimEnd(),
      160,
    ),
  );
}

/** `S12`, with the beginning of the id where two agents share that. */
function shortIds(agents: AgentLine[]): string[] {
  const seen = new Map<string, number>();
  for (const { agentId } of agents) seen.set(shortId(agentId), (seen.get(shortId(agentId)) ?? 0) + 1);
  return agents.map(({ agentId }) => {
    const short = shortId(agentId);
    return raw((seen.get(short) ?? 0) > 1 ? `${agentId.slice(0, 8)}-${short}` : short, 24);
  });
}
