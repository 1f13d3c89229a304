import { executorDefaultSeconds } from '../../../domain/drain/grace.ts';
import type { Preview, PreviewTask } from '../../../domain/preview.ts';
import { count } from '../text/part.ts';
import { spoken, spokenRange } from '../text/time.ts';
import { drainState } from './preview-verdict.ts';

/** Why a drain may take another time than its tasks' grace periods say. Sources: mesos src/slave/slave.cpp:1138-1165;
 * recording v0exec_1_DRAIN (15.3 s under a max grace period of 2 s). */
export function graceCaveats(preview: Preview): string[] {
  const { groups, maxGrace, subject } = preview;
  if (!groups.known || subject.kind === 'away' || drainState(preview) !== null) return [];
  const tasks = groups.value.flatMap((group) => group.tasks);
  const raised = tasks.filter(({ graceFrom }) => graceFrom === 'raised');
  const deaf = tasks.filter((task) => task.executor === 'command' && isByMax(task));
  const own = tasks.filter(({ executor }) => executor === 'own');
  return [
    maxGrace === null || raised.length === 0
      ? null
      : `*Mind:* the max grace period raises the grace of ${count(raised.length, 'task')} without a kill policy: ${spoken(maxGrace)} instead of their executor's ${executorDefaultSeconds} s.`,
    deaf.length === 0
      ? null
      : `The end is an estimate: Mesos's default (libprocess) command executor ignores a max grace period. Unless the agent runs with \`--http_command_executor\`, ${count(deaf.length, 'task')} may take ${deaf.length === 1 ? 'its' : 'their'} own ${spokenRange(deaf.map(({ ownGraceSeconds }) => ownGraceSeconds))} instead.`,
    own.length === 0
      ? null
      : `${deaf.length === 0 ? 'The end is an estimate' : 'Nor is it sure otherwise'}: ${count(own.length, 'task')} ${own.length === 1 ? 'runs' : 'run'} in executors of the frameworks' own, and a custom executor decides by itself how long a task takes to end.`,
  ].filter((each) => each !== null);
}

function isByMax({ graceFrom, graceSeconds, ownGraceSeconds }: PreviewTask): boolean {
  return (graceFrom === 'max-grace' || graceFrom === 'raised') && graceSeconds !== ownGraceSeconds;
}
