import type { Preview } from '../../../domain/preview.ts';
import { code, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { when } from '../text/time.ts';
import { shown } from './preview-limits.ts';

/** What a drain comes to, in one line: what runs there, when it ends, and the worst of what that breaks, in bold. */
export function verdict(preview: Preview): string {
  return [`${running(preview)}${ends(preview)}`, ...alarms(preview)].join('; ');
}

/** The agent, as the master shows it or as it is remembered. */
export function named({ subject }: Preview) {
  return subject.kind === 'registered' ? subject.agent : subject.known;
}

/** What the master shows of a drain that is there already. */
export function drainState({ subject }: Preview): 'DRAINING' | 'DRAINED' | null {
  return subject.kind === 'registered' ? (subject.agent.drain?.state ?? null) : null;
}

/** The tasks that would end; 0 also where nobody knows. */
export function tasksIn({ groups }: Preview): number {
  return groups.known ? groups.value.reduce((sum, group) => sum + group.tasks.length, 0) : 0;
}

function running(preview: Preview): string {
  const { groups, subject } = preview;
  if (!groups.known)
    return subject.kind === 'away'
      ? `${awayWord(subject.state)}; what runs on it is not known`
      : 'what runs on it is not known';
  const tasks = tasksIn(preview);
  const more = preview.unlisted === null ? '' : ', perhaps more';
  if (tasks === 0) return 'no tasks run on it';
  return `${count(tasks, 'task')} of ${count(groups.value.length, 'framework')}${more}`;
}

/** Not of one that drains already, with other grace periods, nor of one that is away, where nothing begins now. */
function ends(preview: Preview): string {
  const { expectedEnd, at, subject } = preview;
  if (drainState(preview) !== null || subject.kind === 'away' || expectedEnd === null) return '';
  return `, ends by about ${when(expectedEnd, at)}`;
}

function alarms({ subject, scheduled, groups, beyond }: Preview): string[] {
  const silent = groups.known
    ? groups.value.flatMap(({ framework }) =>
        framework.name !== null && !framework.connected ? [plain(framework.name, 60)] : [],
      )
    : [];
  const thin = (beyond?.spread ?? []).flatMap((each) =>
    each.thin.known && each.thin.value.told === 'names' ? each.thin.value.names : [],
  );
  const only = thin.filter(({ here, elsewhere }) => here === 1 && elsewhere === 0);
  const most = thin.filter((each) => !only.includes(each));
  const names = (all: typeof thin) =>
    enumerate(
      all.map(({ name }) => code(name, 60)),
      shown.thin,
    );
  return [
    subject.kind === 'registered' && scheduled.known && scheduled.value !== null
      ? 'the master will refuse: it is scheduled for maintenance'
      : null,
    silent.length === 0
      ? null
      : `it hangs while ${enumerate(silent, shown.thin)} ${silent.length === 1 ? 'is' : 'are'} disconnected`,
    only.length === 0
      ? null
      : only.length === 1
        ? `the only instance of ${names(only)} runs here`
        : `the only instances of ${names(only)} run here`,
    most.length === 0 ? null : `most of ${names(most)} ${most.length === 1 ? 'runs' : 'run'} here`,
  ].flatMap((alarm) => (alarm === null ? [] : [`*${alarm}*`]));
}

function awayWord(state: 'unreachable' | 'recovered' | 'gone' | 'absent' | 'unexplained'): string {
  switch (state) {
    case 'unreachable':
      return 'unreachable';
    case 'recovered':
      return 'not back since the master changed';
    case 'gone':
      return 'gone';
    case 'absent':
      return 'not listed by the master';
    case 'unexplained':
      return 'not listed, and why is not known';
  }
}
