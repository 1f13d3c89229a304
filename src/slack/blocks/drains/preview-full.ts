import { iso } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import type { Spread } from '../../../domain/preview/spread.ts';
import type { Preview, PreviewTask, TaskGroup } from '../../../domain/preview.ts';
import { shortId } from '../text/agent-name.ts';
import { inert, raw } from '../text/clean.ts';
import { count } from '../text/part.ts';
import { spoken } from '../text/time.ts';
import { amountWords } from './held.ts';
import { namesOf } from './preview-groups.ts';
import { shown } from './preview-limits.ts';
import { named } from './preview-verdict.ts';

/** All that a message about this preview cut, as a plain text file; null: it cut nothing. */
export function fullPreviewText(preview: Preview): Extract<Notice, { kind: 'snippet' }> | null {
  if (!isCut(preview)) return null;
  const { cluster, at, maxGrace, groups, held, beyond, alsoKnownAs } = preview;
  const { agentId, hostname } = named(preview);
  const sections = [
    section('Tasks', groups.known ? groups.value.flatMap(groupLines) : [notKnown(groups)]),
    section('Persistent volumes and reservations', held.known ? held.value.map(heldLine) : [notKnown(held)]),
    section('Names that run mostly here', (beyond?.spread ?? []).flatMap(thinLines)),
    section('Our other work on the agent, in its rack or for its frameworks', workLines(beyond)),
    section(
      'Other agents of the same hostname',
      alsoKnownAs.map((each) => `${clean(each.agentId)} (${clean(each.state)})`),
    ),
  ];
  const head = [
    `${clean(hostname)}, agent ${clean(agentId)}, on ${cluster}`,
    `As read at ${iso(at)}; ${maxGrace === null ? 'no max grace period' : `max grace period ${spoken(maxGrace)}`}.`,
  ];
  return {
    kind: 'snippet',
    fileName: `preview-${clean(hostname)}.txt`,
    title: `Preview of ${clean(hostname)} (${clean(shortId(agentId))})`,
    text: `${[...head, ...sections.flat()].join('\n')}\n`,
  };
}

function isCut({ groups, held, beyond, alsoKnownAs }: Preview): boolean {
  const thin = (beyond?.spread ?? []).flatMap(thinNames);
  return (
    (groups.known &&
      (groups.value.length > shown.frameworks ||
        groups.value.some(({ tasks }) => namesOf(tasks).length > shown.names))) ||
    (held.known && held.value.length > shown.held) ||
    thin.length > shown.thin ||
    (beyond?.work ?? []).length > shown.work ||
    alsoKnownAs.length > shown.ids
  );
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function groupLines({ framework, tasks }: TaskGroup): string[] {
  const name =
    framework.name === null
      ? `framework ${clean(framework.id)}, name not known (${clean(framework.why)})`
      : `${clean(framework.name)}, framework ${clean(framework.id)}, ${framework.connected ? 'connected' : 'DISCONNECTED'}`;
  return [`${name}: ${count(tasks.length, 'task')}`, ...tasks.map((task) => `  ${taskLine(task)}`)];
}

function taskLine({ name, state, graceSeconds, graceFrom, ownGraceSeconds, executor }: PreviewTask): string {
  const own = executor === 'own' ? ', an executor of its own' : '';
  return `${clean(name)}  ${clean(state)}  grace ${spoken(graceSeconds)} (${graceWords()}${own})`;

  function graceWords(): string {
    switch (graceFrom) {
      case 'kill-policy':
        return 'its kill policy';
      case 'max-grace':
        return `the max; its own: ${spoken(ownGraceSeconds)}`;
      case 'raised':
        return `the max, raised from its executor's ${spoken(ownGraceSeconds)}`;
      case 'executor-default':
        return "its executor's default";
    }
  }
}

function heldLine(held: Extract<Preview['held'], { known: true }>['value'][number]): string {
  switch (held.kind) {
    case 'volume':
      return `persistent volume ${clean(held.id)} of ${amountWords('disk', held.sizeMb)}, role ${clean(held.role)}`;
    case 'reservation':
      return `reservation of ${clean(amountWords(held.resource, held.amount))}, role ${clean(held.role)}`;
  }
}

function thinLines(spread: Spread): string[] {
  const { thin, framework, name } = spread;
  const of = clean(name ?? framework);
  if (!thin.known) return [`${of}: ${notKnown(thin)}`];
  if (thin.value.told === 'unique-names') return [`${of}: not judged, for it names each task differently`];
  return thin.value.names.map(
    (each) => `${of}: ${clean(each.name)}, ${each.here} here, ${each.elsewhere} elsewhere`,
  );
}

function thinNames({ thin }: Spread) {
  return thin.known && thin.value.told === 'names' ? thin.value.names : [];
}

function workLines(beyond: Preview['beyond']): string[] {
  return (beyond?.work ?? []).map((each) => {
    const { work, agentId, hostname, sameAgent, rack, frameworks, permalink } = each;
    const id =
      'drain' in work
        ? ` d${work.drain}`
        : 'approval' in work
          ? ` a${work.approval}`
          : 'plan' in work
            ? ` p${work.plan}`
            : '';
    return [
      `${work.what}${id} of ${clean(hostname)} (${clean(agentId)})`,
      sameAgent ? 'this agent' : null,
      rack === null ? null : `rack ${clean(rack)}`,
      frameworks.length === 0 ? null : `frameworks ${frameworks.map((name) => clean(name)).join(', ')}`,
      permalink === null ? null : clean(permalink, 500),
    ]
      .filter((part) => part !== null)
      .join('; ');
  });
}

function notKnown({ why }: { why: string }): string {
  return `not known: ${clean(why)}`;
}

/** Foreign text in a file: one line of it, in which nothing can be hidden. */
function clean(text: string, max = 256): string {
  return inert(raw(text, max));
}
