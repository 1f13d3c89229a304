import type { Held } from '../agent.ts';
import { type Act, tasksAreLoss } from '../approval.ts';
import type { Known, Preview } from '../preview.ts';

/** What a call would destroy, as far as is known. "Not known" is never "none". */
export interface Loss {
  /** Registered with the master when it was looked at. */
  alive: boolean;
  held: Known<Held[]>;
  /** Running tasks by framework; null: this act lets them end as in any drain, so they are a cost and no loss. */
  tasks: Known<FrameworkLoss[]> | null;
}

export interface FrameworkLoss {
  framework: string;
  /** Null: the master does not tell. */
  name: string | null;
  tasks: number;
}

/** The loss that a preview shows. */
export function lossOf(act: Act, { subject, held, groups }: Preview): Loss {
  return {
    alive: subject.kind === 'registered',
    held,
    tasks: !tasksAreLoss(act)
      ? null
      : groups.known
        ? {
            known: true,
            value: groups.value.map(({ framework, tasks }) => ({
              framework: framework.id,
              name: framework.name,
              tasks: tasks.length,
            })),
          }
        : groups,
  };
}
