import type { AgentLineOfPlan } from '../plan.ts';

/** What is different about one agent from what its asker was shown. */
export type LineChange =
  /** Its hostname, address, or state as `agents` shows it. */
  | { what: 'hostname' | 'address' | 'state'; was: string; is: string }
  | { what: 'more-tasks'; was: number; is: number }
  | { what: 'tasks-not-known' }
  /** None ran there, so that nobody was asked about their short grace. */
  | { what: 'tasks-came' }
  /** Its wave would take the last instances of something by now. */
  | { what: 'last-instances' }
  /** It can be done no more, or can be now. */
  | { what: 'refused' | 'not-refused' };

export interface ChangedLine {
  hostname: string;
  changes: LineChange[];
}

/** The lines that are not as they were shown, of the same agents in the same order. Fewer tasks are no matter, nor is one
 * more, or a tenth (product.md 4 has the same of what is lost). */
export function changedLines(
  shown: readonly AgentLineOfPlan[],
  now: readonly AgentLineOfPlan[],
): ChangedLine[] {
  return shown.flatMap((before, nth) => {
    const after = now[nth];
    const changes = after === undefined ? [] : changesOf(before, after);
    return changes.length === 0 ? [] : [{ hostname: before.hostname, changes }];
  });
}

function changesOf(before: AgentLineOfPlan, after: AgentLineOfPlan): LineChange[] {
  const changes: LineChange[] = [];
  const differ = (what: 'hostname' | 'address' | 'state', was: string, is: string) => {
    if (was !== is) changes.push({ what, was, is });
  };
  differ('hostname', before.hostname, after.hostname);
  differ('address', addressOf(before), addressOf(after));
  differ('state', before.shown.state, after.shown.state);
  const [was, is] = [before.shown.tasks, after.shown.tasks];
  if (was !== null && is === null) changes.push({ what: 'tasks-not-known' });
  if (was !== null && is !== null && is > was + Math.max(1, was / 10))
    changes.push({ what: 'more-tasks', was, is });
  const refused = [before, after].map(({ state }) => state.is === 'refused');
  if (refused[0] !== refused[1]) changes.push({ what: refused[1] ? 'refused' : 'not-refused' });
  return changes;
}

function addressOf({ address }: AgentLineOfPlan): string {
  return address === null ? 'not known' : `${address.ip}:${address.port}`;
}
