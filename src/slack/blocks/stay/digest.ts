import { type Instant, instant, showDrainId } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { OutLine, OutList } from '../../../domain/stay/out-line.ts';
import { agentName } from '../text/agent-name.ts';
import { link, mention, plain } from '../text/escape.ts';
import { count, list, note, type Part, text } from '../text/part.ts';
import { elapsed, when } from '../text/time.ts';

/** It may be read days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** What is out of service, once a week. */
export function digestParts({ cluster, at, asOf, late, out }: Extract<Notice, { kind: 'digest' }>): Part[] {
  const agents = out.lines.length + out.more;
  return [
    text(
      agents === 0
        ? `*Out of service on ${plain(cluster, 64)}:* no agent that the bot knows of.`
        : `*Out of service on ${plain(cluster, 64)}:* ${count(agents, 'agent')}, by whom, since when and why.`,
      late === null ? null : `This was due ${when(late, anyDay)}, when the bot was away.`,
    ),
    ...outParts(out, at),
    note(
      asOf === null
        ? 'The agents of this cluster were never listed: others may be out of service.'
        : `As the agents were last listed, ${when(asOf, at)}. Now: \`/mesos status --cluster ${plain(cluster, 64)}\``,
    ),
  ];
}

/** The lines of such a list; nothing for an empty one. */
export function outParts({ lines, more }: OutList, at: Instant): Part[] {
  if (lines.length === 0) return [];
  const rest = (left: number) =>
    `…and ${left} more: \`/mesos agents --state drained\` and \`--state deactivated\` list them.`;
  return [
    list(
      lines.map((line) => outWords(line, at)),
      (left) => rest(left + more),
    ),
    ...(more === 0 ? [] : [note(rest(more))]),
  ];
}

function outWords(line: OutLine, at: Instant): string {
  const { by, since, until, drain } = line;
  const who =
    by === null
      ? 'nobody saw by whom'
      : by === 'outside'
        ? 'by somebody outside the bot'
        : `by ${mention(by)}`;
  const long = since === null ? 'not known since when' : `since ${when(since, at)} (${elapsed(since, at)})`;
  const why = line.reason === null ? 'no reason given' : plain(line.reason, 200);
  const back =
    until === null
      ? ''
      : until > at
        ? `; until ${when(until, at)}`
        : `; its time was over ${when(until, at)}`;
  const name = agentName(line);
  return `${drain === null ? name : `${link(line.permalink, showDrainId(drain))} ${name}`}: ${line.state}, ${who}, ${long}${back}: ${why}`;
}
