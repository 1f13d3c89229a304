import type { AskedOfPlan } from '../../../domain/approval/asked.ts';
import { afterwardsWords, sizeWords } from '../rolling/work-words.ts';
import { comesBackWords } from '../stay/time-out.ts';
import { count } from '../text/part.ts';
import { spoken } from '../text/time.ts';

type Does = AskedOfPlan['does'];

/** What a plan does, with how many: a phrase without a capital, raw, for headings. Their names follow where they are few. */
export function workRaw({ does, hostnames }: Pick<AskedOfPlan, 'does' | 'hostnames'>): string {
  const many = does.of === 'agents' ? count(hostnames.length, 'agent') : count(hostnames.length, 'machine');
  return `${doingRaw(does, many)}${namesRaw(hostnames)}`;
}

function doingRaw(does: Does, many: string): string {
  if (does.of === 'agents')
    switch (does.work.do) {
      case 'drain': {
        const { maxGrace } = does.work;
        return maxGrace === null ? `drain ${many}` : `drain ${many} with ${spoken(maxGrace)} of grace`;
      }
      case 'deactivate':
        return `deactivate ${many}`;
      case 'reactivate':
        return `reactivate ${many}`;
      case 'roll':
        return does.work.afterwards.do === 'mark-gone'
          ? `drain ${many} in waves of ${does.work.parallel} and mark them gone`
          : `drain ${many} in waves of ${does.work.parallel}`;
    }
  switch (does.work.do) {
    case 'schedule':
      return `schedule maintenance of ${many}`;
    case 'clear':
      return `take ${many} off the maintenance schedule`;
    case 'start':
      return does.work.drainFirst === null
        ? `start maintenance of ${many}`
        : `drain ${many}, then start maintenance`;
    case 'stop':
      return `stop maintenance of ${many}`;
  }
}

/** Characters of names that a heading has room for. */
const room = 70;

function namesRaw(hostnames: string[]): string {
  const shown: string[] = [];
  for (const hostname of hostnames) {
    if ([...shown, hostname].join(', ').length > room) break;
    shown.push(hostname);
  }
  if (shown.length === 0) return '';
  const left = hostnames.length - shown.length;
  return `: ${shown.join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
}

/** What of a plan comes before its call that can't be undone, and is under way meanwhile, as a sentence. */
export function underWayWords(does: Does): string {
  if (does.work.do === 'roll') return 'Its waves are under way.';
  return drainsFirst(does) ? 'The drains are under way.' : 'The machines are being scheduled.';
}

/** The call of a plan that can't be undone, at the head of a sentence. */
export function lastCallWords({ work }: Does): string {
  return work.do === 'roll' ? 'The call that marks an agent gone' : 'The call to start maintenance';
}

/** That it is not sent, as a sentence. */
export function notSentWords({ work }: Does): string {
  return work.do === 'roll'
    ? 'From here on no agent is marked gone.'
    : 'The call to start maintenance is not sent.';
}

/** What is left of a plan where that call is not sent. */
export function leftWords(does: Does): string {
  if (does.work.do === 'roll') return 'What drains by then goes on as a plain drain.';
  return drainsFirst(does)
    ? 'Its drains go on as plain ones, and what was scheduled by then stays in the maintenance schedule.'
    : 'What was scheduled by then stays in the maintenance schedule.';
}

function drainsFirst({ work }: Does): boolean {
  return work.do === 'start' && work.drainFirst !== null;
}

/** Which calls a plan makes, and what they lead to: mrkdwn. */
export function howPlanWords(does: Does): string {
  if (does.of === 'agents')
    switch (does.work.do) {
      case 'drain': {
        const { maxGrace } = does.work;
        const grace =
          maxGrace === null
            ? 'each task with its own grace'
            : `max grace period ${spoken(maxGrace)}${maxGrace < 5 ? `: tasks are killed ${maxGrace === 0 ? '' : 'almost '}at once` : ''}`;
        return `a plain drain of each agent, ${grace}, as fast as the limits allow. ${comesBackWords(does.work.outFor, 'The agents', 'come')}`;
      }
      case 'deactivate':
        return `each agent is deactivated; its tasks go when their frameworks move them. ${comesBackWords(does.work.outFor, 'The agents', 'come')}`;
      case 'reactivate':
        return 'each agent is put back into service, and is offered to frameworks again.';
      case 'roll':
        return `new tasks are kept away from all of them first; then they are drained in waves of ${sizeWords(does.work)}, each judged anew before it begins. ${afterwardsWords(does.work)}`;
    }
  switch (does.work.do) {
    case 'schedule':
      return 'one call, which merges these machines into the maintenance schedule. Windows of others stay as they are.';
    case 'clear':
      return 'one call, which takes these machines off the maintenance schedule. Windows of others stay as they are.';
    case 'start':
      return does.work.drainFirst === null
        ? 'START_MAINTENANCE: the master shuts the agents on these machines down. *Their tasks are lost at once,* with no grace, and the drain state of the agents is erased.'
        : 'first a plain drain of each agent. Once all are proven empty, and everything was checked anew, START_MAINTENANCE shuts the agents down, and their drain state is erased.';
    case 'stop':
      return 'STOP_MAINTENANCE: the agents on these machines may register again, and come back active.';
  }
}
