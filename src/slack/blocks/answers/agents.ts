import type { AgentLine, Notice } from '../../../domain/notice.ts';
import { agentName } from '../text/agent-name.ts';
import type { CommandButton } from '../text/buttons.ts';
import { mention, plain } from '../text/escape.ts';
import { thatFit } from '../text/limits.ts';
import { buttons, count, enumerate, list, note, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { openWorkWords } from './open-work-words.ts';

type Page = Extract<Notice, { kind: 'agents' }>;

/** A page of agents by hostname, a line each, with the buttons that turn it. */
export function agentsParts(notice: Page): Part[] {
  const { agents, cluster, asOf, filtered, of } = notice;
  const read = note(`As of ${when(asOf, asOf)}. One agent in full: \`/mesos preview TARGET\`.`);
  if (of === 0)
    return [
      text(
        filtered
          ? `*No agent of ${plain(cluster)} is like that.* All of them: \`/mesos agents\``
          : `*No agents are known on ${plain(cluster)}.*`,
      ),
      read,
    ];
  const lines = agents.map((agent) => lineWords(agent, asOf));
  const head = (shown: number) => [text(...headWords(notice, shown)), read];
  // Both buttons, so that which of them are needed changes nothing in what fits.
  const shown = Math.max(
    1,
    thatFit(lines, [...head(agents.length), buttons(next(notice, 'x'.repeat(80)), first(notice))]),
  );
  const last = agents.slice(0, shown).at(-1);
  const turning = [
    ...(last !== undefined && notice.from + shown < of ? [next(notice, last.agentId)] : []),
    ...(notice.from === 0 ? [] : [first(notice)]),
  ];
  return [
    text(...headWords(notice, Math.min(shown, agents.length))),
    list(lines.slice(0, shown)),
    ...(turning.length === 0 ? [] : [buttons(...turning)]),
    read,
  ];
}

function next({ words }: Page, after: string): CommandButton {
  return { label: 'Next', words: `${words} --after ${after}` };
}

function first({ words }: Page): CommandButton {
  return { label: 'First', words };
}

function headWords({ of, from, states, filtered, cluster }: Page, shown: number): string[] {
  const what = count(of, filtered ? 'such agent' : 'agent');
  const tally = enumerate(
    states.map(({ state, agents }) => `${agents} ${state}`),
    10,
  );
  const part = shown < of ? ` ${from + 1} to ${from + shown} of them, by hostname:` : ' By hostname:';
  return [`*${what} on ${plain(cluster)}:* ${tally}.${part}`];
}

function lineWords(
  { state, since, tasks, open, attributes, ...agent }: AgentLine,
  asOf: Page['asOf'],
): string {
  const by = since === null ? '' : since.by === 'outside' ? ' by somebody else' : ` by ${mention(since.by)}`;
  const known = Object.entries(attributes)
    .slice(0, 4)
    .map(([name, value]) => plain(`${name}=${value}`, 40));
  return [
    `${agentName(agent)}: ${state === 'active' ? state : `*${state}*`}${since === null ? '' : ` since ${when(since.at, asOf)}${by}`}`,
    tasks === null ? 'tasks not known' : count(tasks, 'task'),
    open === null ? null : openWorkWords(open),
    known.length === 0 ? null : known.join(' '),
  ]
    .filter((each) => each !== null)
    .join(', ');
}
