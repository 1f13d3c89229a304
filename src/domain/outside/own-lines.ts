import type { AgentId } from '../ids.ts';
import type { Plan } from '../plan.ts';
import type { RollingLineState } from '../rolling.ts';
import type { Relation } from './own-work.ts';
import type { Service } from './service.ts';

/** What rolling plans have to do with what an agent shows: they keep new tasks away by calls of their own, which no record of
 * a drain tells. `plans`: those that ran since it was last seen otherwise. */
export function relationToLines(now: Service | 'gone', plans: readonly Plan[], agentId: AgentId): Relation {
  const relations = plans.flatMap((plan) => {
    if (plan.of !== 'rolling') return [];
    const line = plan.lines.find((each) => each.agentId === agentId);
    return line === undefined ? [] : [relationTo(line.state, now, plan.state.status === 'running')];
  });
  return relations.reduce(nearer, 'strange');
}

/** Of two ways in which our work has to do with something, the one that counts. */
export function nearer(one: Relation, other: Relation): Relation {
  if (one === 'known' || other === 'known') return 'known';
  return one === 'followed' || other === 'followed' ? 'followed' : 'strange';
}

function relationTo(line: RollingLineState, now: Service | 'gone', runs: boolean): Relation {
  switch (line.is) {
    case 'deactivating':
      return now === 'deactivated' ? 'known' : runs ? 'followed' : 'strange';
    case 'kept-away':
      // What others had done before, is theirs.
      if (now === 'deactivated') return line.ours ? 'known' : 'strange';
      return runs ? 'followed' : 'strange';
    case 'draining':
    case 'drained':
    case 'marking':
      return now === 'deactivated' ? 'known' : 'strange';
    case 'failed':
      return isTold(line, now) ? 'known' : 'strange';
    case 'todo':
    case 'returning':
    case 'done':
    case 'given-back':
    case 'refused':
    case 'dropped':
      return 'strange';
  }
}

function isTold({ why }: Extract<RollingLineState, { is: 'failed' }>, now: Service | 'gone'): boolean {
  switch (why.code) {
    case 'reactivated-elsewhere':
      return now === 'active';
    case 'drained-elsewhere':
      return typeof now !== 'string';
    case 'gone':
      return now === 'gone';
    case 'rejected':
    case 'not-applied':
    case 'ended-otherwise':
    case 'not-marked':
    case 'return-ended':
    case 'removed':
    case 'not-returned':
      return false;
  }
}
