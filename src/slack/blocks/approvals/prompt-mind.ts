import type { AgentPrompt } from '../../../domain/approval/prompt.ts';
import { tasksAreLoss } from '../../../domain/approval.ts';
import type { Preview } from '../../../domain/preview.ts';
import { previewInShort, previewWithoutTasks } from '../drains/preview.ts';
import { goneInTheWay } from '../drains/preview-gone.ts';
import type { Part } from '../text/part.ts';

/** What a second person should mind, and the tasks where the loss does not have them yet. */
export function minding({ act, drain, masterWordOnly }: AgentPrompt, preview: Preview): Part[] {
  if (act.kind === 'mark-gone') return goneInTheWay(preview);
  // Its own drain is told of as such, and whether the agent can be asked where that counts.
  const rest: Preview = {
    ...preview,
    unattended: act.kind === 'drain-unattended',
    openDrain: preview.openDrain === drain ? null : preview.openDrain,
    beyond: preview.beyond && {
      ...preview.beyond,
      work: preview.beyond.work.filter(({ work }) => !('drain' in work) || work.drain !== drain),
    },
    agentNotAsked: masterWordOnly ? null : preview.agentNotAsked,
  };
  if (tasksAreLoss(act)) return previewWithoutTasks(rest, 'What that breaks');
  return previewInShort(rest, act.kind === 'drain' ? 'Tasks that end' : 'Tasks that end, as in any drain');
}
