import { showDrainId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { agentName } from '../text/agent-name.ts';
import { clause, link, plain, preformatted } from '../text/escape.ts';
import { outOfReach } from './out-of-reach.ts';
import type { RefusalWords } from './refusal.ts';

type OfReturn = Extract<
  Refusal,
  {
    code:
      | 'not-deactivated'
      | 'still-draining'
      | 'agent-not-reactivatable'
      | 'old-master-would-crash'
      | 'drain-in-the-way'
      | 'taken-out-since'
      | 'reactivation-open';
  }
>;

/** The refusals of a reactivation. */
export function refusalOfReturn(refusal: OfReturn): RefusalWords {
  const name = agentName(refusal.agent);
  const status = `\`/mesos status ${preformatted(refusal.agent.hostname)}\``;
  switch (refusal.code) {
    case 'not-deactivated':
      return {
        what: `${name} is not out of service`,
        why: `The master neither drains it nor keeps it deactivated; it is ${plain(refusal.agent.state, 40)}.`,
        toDo: `${status} shows it. There is nothing to reactivate.`,
      };
    case 'still-draining':
      return refusal.says === 'master'
        ? {
            what: `${name} is still DRAINING`,
            why: "A drain can't be cancelled: the master refuses to reactivate an agent before it is DRAINED.",
            toDo: `Wait until it is DRAINED, then type it again. ${status} shows how far it is.`,
          }
        : {
            what: `${name} itself still drains`,
            why: `${refusal.agent.state === 'drained' ? 'The master says DRAINED, but the' : 'The'} agent has not left its drain, and would drop every new task.`,
            toDo: 'Wait for its last executors and operations to end, then type it again.',
          };
    case 'agent-not-reactivatable':
      return {
        what: `${name} can't be reactivated now`,
        why: `${outOfReach(refusal.why)} ${plain(refusal.detail, 300)}`,
        toDo:
          refusal.why === 'unreadable'
            ? 'Type it again when the master can be read.'
            : '`/mesos agents` lists the agents there are. A machine that came back has a new id, and is active.',
      };
    case 'old-master-would-crash':
      return {
        what: `${name} can't be reactivated safely by this master`,
        why: `Mesos ${plain(refusal.version, 40)} crashes when it reactivates an agent that is not connected, and that this one is connected could not be seen: ${clause(refusal.why, 200)}.`,
        toDo: 'Bring the agent back first, so that the bot can ask it; or upgrade the masters to 1.10 or newer.',
      };
    case 'drain-in-the-way': {
      const drain = showDrainId(refusal.drain);
      return {
        what: `${name} is being drained, as ${link(refusal.permalink, drain)}`,
        why: "A drain can't be cancelled: the agent can come back once it is DRAINED.",
        toDo: `Follow it in its thread or with \`/mesos status ${drain}\`, then type it again.`,
      };
    }
    case 'taken-out-since':
      return {
        what: `${name} has been taken out of service since, as ${link(refusal.permalink, showDrainId(refusal.drain))}`,
        why: 'That may be for other work than the one that was to be over by now.',
        toDo: 'Ask whoever did that, and reactivate it when they are done.',
      };
    case 'reactivation-open':
      return {
        what: `${name} is being reactivated already`,
        why: 'There is one open reactivation per agent at most.',
        toDo: `Its thread tells how it goes; ${status} shows the agent.`,
      };
  }
}
