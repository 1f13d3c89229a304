import type { Held } from '../../../src/domain/agent.ts';
import type { Drift } from '../../../src/domain/approval/drift.ts';
import type { FrameworkLoss, Loss } from '../../../src/domain/approval/loss.ts';

export function volume(id: string, sizeMb = 1024, role = 'db'): Held {
  return { kind: 'volume', id, role, sizeMb };
}
export function reservation(amount: number, resource = 'cpus', role = 'db'): Held {
  return { kind: 'reservation', role, resource, amount };
}
export function runs(framework: string, tasks: number): FrameworkLoss {
  return { framework, name: framework, tasks };
}
export function loss({
  alive = true,
  held = [],
  tasks,
}: {
  alive?: boolean;
  held?: Held[] | string;
  tasks?: FrameworkLoss[] | string;
}): Loss {
  const known = <T>(value: T[] | string) =>
    typeof value === 'string' ? { known: false as const, why: value } : { known: true as const, value };
  return { alive, held: known(held), tasks: tasks === undefined ? null : known(tasks) };
}
/** Drifts as the tables write them. */
export function inShort(drifts: Drift[]): string {
  const words = drifts.map((drift) => {
    switch (drift.what) {
      case 'volume':
      case 'reservation':
        return `${drift.what} ${drift.held.kind === 'volume' ? drift.held.id : drift.held.resource}`;
      case 'framework':
        return `framework ${drift.framework.framework}`;
      case 'more-tasks':
        return `more-tasks ${drift.framework.framework} ${drift.shown}→${drift.framework.tasks}`;
      case 'not-known':
        return `not-known ${drift.fact}`;
      default:
        return drift.what;
    }
  });
  return words.length === 0 ? '-' : words.join(', ');
}
