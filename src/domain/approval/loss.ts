import type { Held } from '../agent.ts';
import { type Act, marksGone } from '../approval.ts';
import type { Known, Preview } from '../preview.ts';

/** What a call would destroy, as far as is known. "Not known" is never "none". */
export interface Loss {
  /** Registered with the master when it was looked at. */
  alive: boolean;
  held: Known<Held[]>;
  /** Running tasks by framework, where it is they that a second person is asked about; null: this act lets them end as in
   * any drain, so they are a cost and no loss. */
  tasks: Known<FrameworkLoss[]> | null;
}

export interface FrameworkLoss {
  framework: string;
  /** Null: the master does not tell. */
  name: string | null;
  tasks: number;
}

/** The loss that a preview shows. */
export function lossOf(act: Act, preview: Preview): Loss {
  const { subject, held } = preview;
  return {
    alive: subject.kind === 'registered',
    // An agent that stays in the cluster keeps what is held on it.
    held: marksGone(act) ? held : { known: true, value: [] },
    tasks: act.kind === 'drain-then-gone' ? null : tasksOf(preview),
  };
}

/** The running tasks that a preview shows, counted by framework. */
export function tasksOf({ groups }: Pick<Preview, 'groups'>): Known<FrameworkLoss[]> {
  if (!groups.known) return groups;
  const counted = groups.value.map(({ framework, tasks }) => ({
    framework: framework.id,
    name: framework.name,
    tasks: tasks.length,
  }));
  return { known: true, value: counted };
}
