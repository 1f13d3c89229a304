import { plain as asTyped } from '../../../commands/slack-escapes.ts';
import type { CommandDeed, DeedPart } from '../../../domain/audit/deed.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { DeedLine } from '../../../domain/notice.ts';
import { agentName } from '../text/agent-name.ts';
import { code, link, mention, plain } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';
import { minute } from '../text/time.ts';
import { voteWords } from './audit-codes.ts';
import { actorWords, eventWords } from './audit-events.ts';
import { hasHappened, stateWords } from './deed-state.ts';

/** How many characters of a reason, and how many agents, a line of a list tells. */
const short = { reason: 70, agents: 3 };

/** One deed in a line: when, who, what, to which agent, on whose approval, why, and what came of it, with the way to its
 * thread. `by`: whose deeds are listed, who may have only reacted. */
export function deedWords({ deed, permalink }: DeedLine, by: UserId | null, reason = short.reason): string {
  if (deed.kind === 'occurrence') {
    const { entry } = deed;
    const agent =
      entry.agent === undefined
        ? ''
        : `, ${agentName({ agentId: entry.agent.id, hostname: entry.agent.hostname })}`;
    const thread = permalink === null ? '' : ` · ${link(permalink, 'thread')}`;
    return `${minute(entry.at, null)} ${eventWords(entry)}${agent}${thread}`;
  }
  const came = outcomeWords(deed);
  const end = `${came === '' ? '' : ` → ${came}`}${reactedWords(deed, by)}`;
  const where = threadWord(deed);
  return `${askedWords(deed, reason)}${end}${permalink === null && where === 'thread' ? '' : ` · ${link(permalink, where)}`}`;
}

/** When, who, what, to which agent, on whose approval and why. */
export function askedWords(deed: CommandDeed, reason: number): string {
  const why = deed.reason === null ? '' : `: “${plain(deed.reason, reason)}”`;
  const who = actorWords({ actor: deed.by });
  return `${minute(deed.at, null)} ${who} ${whatWords(deed)}${approvalWords(deed)}${why}`;
}

/** What came of it, for each agent where there are several. */
export function outcomeWords(deed: CommandDeed): string {
  const [only, ...more] = deed.parts;
  if (only !== undefined && more.length === 0) return stateWords(deed, only.state);
  return enumerate(
    deed.parts.map((part) => `${nameOf(part)} ${stateWords(deed, part.state) || 'done'}`),
    short.agents,
  );
}

/** How a deed is put, once it has happened and before: `{}` is what it was done to. */
const acts: Record<string, [happened: string, asked: string]> = {
  drain: ['drained {}', 'asked to drain {}'],
  deactivate: ['deactivated {}', 'asked to deactivate {}'],
  reactivate: ['reactivated {}', 'asked to reactivate {}'],
  'mark-gone': ['marked {} gone', 'asked to mark {} gone'],
  hasten: ['hastened {}', 'asked to hasten {}'],
  cancel: ['cancelled {}', 'asked to cancel {}'],
  close: ['closed {}', 'asked to close {}'],
};

function whatWords({ asked, parts, cluster }: CommandDeed): string {
  const act = asked.verb !== null && Object.hasOwn(acts, asked.verb) ? acts[asked.verb] : undefined;
  const readOnly = asked.dryRun || parts.every(({ state }) => state.is === 'answered');
  // Slack's own marks undone: what was typed, not what was sent.
  if (act === undefined || readOnly) return `typed ${code(`/mesos ${asTyped(asked.typed)}`, 90)}`;
  const happened = parts.every(({ state }) => hasHappened(asked.verb, state));
  const names = parts.filter(({ agent }) => agent !== null).map(nameOf);
  const agents = names.length === 0 ? null : enumerate(names, short.agents);
  const typed = asked.target === null ? null : plain(asTyped(asked.target), 60);
  const object =
    asked.work === null
      ? (agents ?? typed ?? 'an agent')
      : `${asked.work}${agents === null ? '' : ` (${agents})`}`;
  const where = cluster === null ? '' : ` in ${plain(cluster, 40)}`;
  const how = `${asked.markGone ? ', mark gone' : ''}${asked.unattended ? ', unattended' : ''}`;
  return `${(happened ? act[0] : act[1]).replace('{}', () => object)}${where}${how}`;
}

function nameOf({ agent }: DeedPart): string {
  return agent === null
    ? 'an agent'
    : agentName({ agentId: agent.id, hostname: agent.hostname.slice(0, 50) });
}

/** On whose approval. */
function approvalWords({ approval }: CommandDeed): string {
  if (approval === null || approval.by.length === 0) return '';
  return `, approved by ${enumerate(approval.by.map(({ user }) => mention(user)))}`;
}

/** What this person had to do with it, where the rest of the line does not say so. */
function reactedWords(deed: CommandDeed, by: UserId | null): string {
  const vote = deed.votes.find(({ user }) => user === by);
  const isTold =
    deed.approval?.by.some(({ user }) => user === by) ||
    deed.parts.some(({ state }) => state.is === 'settled' && state.by === by);
  if (by === null || vote === undefined || isTold) return '';
  return vote.outcome === 'taken-back'
    ? `; ${mention(by)} took an approval back`
    : `; ${mention(by)} ${voteWords({ outcome: vote.outcome })}`;
}

function threadWord({ parts, approval }: CommandDeed): string {
  const drain = parts.length === 1 ? parts[0]?.drain : null;
  if (drain !== null && drain !== undefined) return `d${drain}`;
  return approval === null ? 'thread' : `a${approval.id}`;
}
