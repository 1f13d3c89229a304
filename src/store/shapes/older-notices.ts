import { causeShape } from './cause.ts';

/** A stored object, of which only some keys are known. */
type Stored = Record<string, unknown>;

/** What notices lacked before approvals were built (0.1), by kind: an undelivered one, and the preview that a card was
 * begun with, may be older than the bot that reads them. */
const before: Record<string, Stored> = {
  'call-accepted': { markGone: false, goneNext: false, approved: null },
  drained: { goneNext: false },
  preview: { file: false },
  ended: { markGone: false, approved: null, tookOver: null },
  status: { prompts: [], others: [], restored: null },
  // While there was one cluster, nobody was told of clusters.
  help: { clusters: [] },
};
/** What the word of a start lacked before restores were noticed (0.1). */
const matterBefore: Stored = { restored: false, notCompared: null };
/** Nor did previews look beyond the agent and its lists, tell who ends a task, or ask the master for its version. */
const previewBefore: Stored = {
  unattended: false,
  agentNotAsked: null,
  master: { known: false, why: 'it was not asked' },
  beyond: null,
  unlisted: null,
};
const taskBefore: Stored = { executor: null };
const cardBefore: Stored = {
  way: 'drain',
  tookOver: null,
  markGone: false,
  goneNext: false,
  approved: null,
  votes: null,
  marking: null,
  dropped: null,
};

/** Kinds that no notice is queued as any more. */
export const formerKinds: readonly string[] = ['audit-page'];

/** The list of agents had no pages, and told of drains alone. */
function agentsUpToDate({ agents, ...notice }: Stored): Stored {
  const lines = Array.isArray(agents) ? agents.filter(isObject) : [];
  return {
    ...notice,
    agents: lines.map(({ drain, ...line }) => ({
      ...line,
      since: null,
      tasks: null,
      open: typeof drain === 'number' ? { what: 'drain', way: 'drain', drain } : null,
    })),
    of: lines.length,
    from: 0,
    states: [],
    words: 'agents',
  };
}

/** A notice in the form that this version renders; one of this version comes back as it is. */
export function upToDate(notice: Stored & { kind: string }): Stored {
  if (notice.kind === 'audit-page') return pageUpToDate(notice);
  if (notice.kind === 'agents' && !('of' in notice)) return agentsUpToDate(notice);
  if (notice.kind === 'whoami' && !('clusters' in notice)) return whoamiUpToDate(notice);
  const { card, preview, notices, notice: inner, answer, lines, what, filter, master } = notice;
  const { about, news, prompt, prompts, line } = notice;
  return {
    ...before[notice.kind],
    ...notice,
    ...(isObject(card) && 'drain' in card ? { card: cardUpToDate(card) } : {}),
    ...(notice.kind === 'waiting' || notice.kind === 'still-unknown' ? waitingUpToDate(notice) : {}),
    ...(isObject(preview) ? { preview: previewUpToDate(preview) } : {}),
    ...(Array.isArray(notices) ? { notices: notices.map(nested) } : {}),
    ...(isObject(what) && what['matter'] === 'started' ? { what: { ...matterBefore, ...what } } : {}),
    ...(isObject(master) && master['reachable'] === false ? { master: { swept: null, ...master } } : {}),
    ...(isObject(filter) ? { filter: { cluster: null, ...filter } } : {}),
    ...(isObject(inner) ? { notice: nested(inner) } : {}),
    ...(isObject(answer) ? { answer: nested(answer) } : {}),
    ...(Array.isArray(lines) ? { lines: lines.map(lineUpToDate) } : {}),
    ...(aboutQuestions.includes(notice.kind) && isObject(about) ? { about: { of: 'agent', ...about } } : {}),
    ...(isObject(news) && news['news'] === 'counted' ? { news: { ...newsBefore, ...news } } : {}),
    ...(isObject(prompt) ? { prompt: promptUpToDate(prompt) } : {}),
    ...(Array.isArray(prompts) ? { prompts: prompts.map(promptLineUpToDate) } : {}),
    ...(isObject(line) ? { line: promptLineUpToDate(line) } : {}),
  };
}

/** Before there were plans, each question was about one agent, and so many votes were enough, whose ever they were. */
const aboutQuestions: readonly string[] = ['approval', 'vote-refused'];
const newsBefore: Stored = { missing: null };
const promptBefore: Stored = { of: 'agent', because: [], oneOf: null };

function promptLineUpToDate(line: unknown): unknown {
  return isObject(line) && isObject(line['prompt'])
    ? { ...line, prompt: promptUpToDate(line['prompt']) }
    : line;
}

function promptUpToDate(prompt: Stored): Stored {
  const { state } = prompt;
  return {
    ...promptBefore,
    ...prompt,
    ...(isObject(state) && state['status'] === 'open' ? { state: { missing: null, ...state } } : {}),
  };
}

function whoamiUpToDate({ kind, person, ...may }: Stored): Stored {
  return { kind, person, clusters: [may] };
}

/** A page of the log was its entries, newest first. */
function pageUpToDate({ entries }: Stored): Stored {
  const lines = Array.isArray(entries) ? entries.filter(isObject).map(({ entry }) => entry) : [];
  const story = {
    about: null,
    deed: null,
    permalink: null,
    words: 'audit',
    isFirst: true,
    later: false,
    archive: null,
  };
  return { kind: 'audit-story', ...story, entries: lines.reverse() };
}

function previewUpToDate(preview: Stored): Stored {
  const { held, groups, subject } = preview;
  // What an agent holds was always taken for known.
  return {
    ...previewBefore,
    ...preview,
    ...(Array.isArray(held) ? { held: { known: true, value: held } } : {}),
    ...(isObject(groups) && Array.isArray(groups['value'])
      ? { groups: { ...groups, value: groups['value'].map(groupUpToDate) } }
      : {}),
    ...(isObject(subject) && isObject(subject['known'])
      ? { subject: { ...subject, known: { room: null, ...subject['known'] } } }
      : {}),
  };
}

function groupUpToDate(group: unknown): unknown {
  if (!isObject(group) || !Array.isArray(group['tasks'])) return group;
  return { ...group, tasks: group['tasks'].map(taskUpToDate) };
}

function taskUpToDate(task: unknown): unknown {
  return isObject(task) ? { ...taskBefore, ownGraceSeconds: task['graceSeconds'], ...task } : task;
}

function cardUpToDate(card: Stored): Stored {
  const { state } = card;
  const drains = isObject(state) && state['status'] === 'draining';
  return { ...cardBefore, ...card, ...(drains ? { state: drainingUpToDate(state) } : {}) };
}

/** While it had one use only, a change of a drain was told as its mark gone being taken back. */
function drainingUpToDate({ recalling, ...state }: Stored): Stored {
  const changing = recalling === true ? { kind: 'take-back' } : null;
  return { changing, ...state, waiting: causeUpToDate(state['waiting']) };
}

function waitingUpToDate({ cause, since, at }: Stored): Stored {
  return { cause: causeUpToDate(cause), at: at ?? since };
}

/** Causes named less than they do now. */
function causeUpToDate(cause: unknown): unknown {
  const read = causeShape.safeParse(cause);
  return read.success ? read.data : (cause ?? null);
}

function lineUpToDate(line: unknown): unknown {
  return isObject(line) && isObject(line['card']) ? { ...line, card: cardUpToDate(line['card']) } : line;
}

function nested(value: unknown): unknown {
  return isObject(value) && typeof value['kind'] === 'string'
    ? upToDate({ ...value, kind: value['kind'] })
    : value;
}

function isObject(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
