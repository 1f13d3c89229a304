import type { ApprovalId } from '../../domain/ids.ts';
import { roomElsewhere } from '../../domain/preview/room.ts';
import type { Preview } from '../../domain/preview.ts';
import type { Clock, Master, Store } from '../ports.ts';
import type { Looked } from './build-preview.ts';
import { spreadOf } from './list-framework.ts';
import { usualTimes } from './usual-times.ts';
import { workBeside } from './work-beside.ts';

/** Adds to a preview that people are about to be shown what the rest of the cluster and our other work make of it. A
 * master that can't be asked makes that "not known", and leaves the rest as it is. */
export async function lookBeyond(
  deps: { store: Store; master: Master; clock: Clock },
  { preview, tasks }: Pick<Looked, 'preview' | 'tasks'>,
  besides: ApprovalId | null = null,
): Promise<Preview> {
  const { subject } = preview;
  const { agentId, attributes } = subject.kind === 'registered' ? subject.agent : subject.known;
  const groups = preview.groups.known ? preview.groups.value : [];
  const directory = await deps.store.directory(deps.master.cluster);
  const away = directory.filter(({ state }) => state === 'recovered').length;
  // What ran on an agent that is away, its frameworks have replaced or are replacing by now.
  const counts = subject.kind === 'registered' && tasks.known && tasks.value.length > 0;
  return {
    ...preview,
    beyond: {
      spread: counts ? await spreadOf(deps, groups, [agentId], away) : [],
      room: counts ? roomElsewhere(tasks.value, [agentId], directory) : null,
      usual: await usualTimes(deps.store, deps.master.cluster, preview, deps.clock.now()),
      work: await workBeside(deps, { agentId, attributes, groups }, directory, besides),
    },
  };
}
