import { showDrainId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { agentName, targetOf } from '../text/agent-name.ts';
import { link, plain } from '../text/escape.ts';
import { outOfReach } from './out-of-reach.ts';
import type { RefusalWords } from './refusal.ts';

type OfDeactivation = Extract<
  Refusal,
  {
    code:
      | 'already-deactivated'
      | 'drain-keeps-away'
      | 'agent-not-deactivatable'
      | 'cannot-cancel-deactivation'
      | 'master-cannot-drain';
  }
>;

/** The refusals that have to do with the manual way of emptying an agent. */
export function refusalOfDeactivation(refusal: OfDeactivation): RefusalWords {
  switch (refusal.code) {
    case 'already-deactivated': {
      const drain = showDrainId(refusal.drain);
      return {
        what: `${agentName(refusal.agent)} is deactivated already, as ${link(refusal.permalink, drain)}`,
        why: 'It gets no new tasks, and its thread tells what is left on it.',
        toDo: `\`/mesos status ${drain}\` shows what it holds. To end what its frameworks leave there: \`/mesos drain ${targetOf(refusal.agent)}\`. To take it back into service: \`/mesos reactivate ${targetOf(refusal.agent)}\`.`,
      };
    }
    case 'drain-keeps-away': {
      const by =
        refusal.ours === null
          ? 'says the master'
          : `by ${link(refusal.ours.permalink, showDrainId(refusal.ours.drain))}`;
      return {
        what: `${agentName(refusal.agent)} is ${refusal.state}, ${by}`,
        why: 'It gets no new tasks as it is, so a deactivation would change nothing.',
        toDo:
          refusal.state === 'DRAINED'
            ? `\`/mesos reactivate ${targetOf(refusal.agent)}\` takes it back into service.`
            : `\`/mesos status ${targetOf(refusal.agent)}\` shows how far it is. A drain can't be taken back before it is DRAINED.`,
      };
    }
    case 'agent-not-deactivatable':
      return {
        what: `${agentName(refusal.agent)} can't be deactivated now`,
        why: `${outOfReach(refusal.why)} ${plain(refusal.detail, 300)}`,
        toDo:
          refusal.why === 'unreadable'
            ? 'Type it again when the master can be read.'
            : '`/mesos agents` lists the agents there are. A machine that came back has a new id.',
      };
    case 'cannot-cancel-deactivation': {
      const drain = showDrainId(refusal.drain);
      return {
        what: `Deactivation ${drain} is not cancelled but undone`,
        why: 'It has left no order behind: the agent only gets no new tasks.',
        toDo: `\`/mesos reactivate ${targetOf(refusal.agent)}\` takes it back into service, and ends ${drain}.`,
      };
    }
    case 'master-cannot-drain':
      return {
        what: `This master can't ${refusal.verb} agents`,
        why: `It runs Mesos ${plain(refusal.version, 40)}, without the capability AGENT_DRAINING; ${refusal.verb} came with Mesos 1.9.`,
        toDo: 'Upgrade the masters, or use the maintenance mode that Mesos had before: put the machine into the maintenance schedule.',
      };
  }
}
