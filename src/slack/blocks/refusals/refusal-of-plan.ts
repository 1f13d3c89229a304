import { showPlanId } from '../../../domain/ids.ts';
import type { OverLimit } from '../../../domain/plan/over-limits.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { changeWords } from '../plans/change-words.ts';
import { agentName } from '../text/agent-name.ts';
import { code, link, plain } from '../text/escape.ts';
import { count, enumerate, list } from '../text/part.ts';
import type { RefusalWords } from './refusal.ts';

type OfPlan = Extract<
  Refusal,
  {
    code:
      | 'no-such-plan'
      | 'plan-settled'
      | 'not-your-plan'
      | 'plan-begun'
      | 'plan-too-long'
      | 'plan-over-limits'
      | 'waves-over-limits'
      | 'not-rollable'
      | 'held-by-plan'
      | 'not-as-shown'
      | 'one-at-a-time';
  }
>;

/** The refusals that have to do with a plan. */
export function refusalOfPlan(refusal: OfPlan): RefusalWords {
  switch (refusal.code) {
    case 'no-such-plan':
      return {
        what: `There is no plan ${code(refusal.typed, 60)}`,
        why:
          refusal.near.length === 0
            ? 'No plan has that number.'
            : `The latest are ${enumerate(refusal.near.map((id) => `\`${showPlanId(id)}\``))}.`,
        toDo: '`/mesos status` lists the plans that are under way.',
      };
    case 'plan-settled':
      return {
        what: `Plan ${showPlanId(refusal.plan)} can't be changed any more`,
        why: `It stands as: ${plain(refusal.how, 100)}.`,
        toDo: `\`/mesos status ${showPlanId(refusal.plan)}\` shows its last state.`,
      };
    case 'not-your-plan':
      return {
        what: `Plan ${showPlanId(refusal.plan)} was shown to somebody else`,
        why: 'Only whoever asked for it can confirm it: nobody else has seen what it would do.',
        toDo: 'Type the command yourself to be shown the list.',
      };
    case 'plan-begun':
      return {
        what: `Plan ${showPlanId(refusal.plan)} can't be cancelled any more`,
        why:
          refusal.work === 'drain'
            ? 'All its drains have begun, and Mesos has no way to stop a drain: its tasks have been told to stop.'
            : 'All of it has begun.',
        toDo:
          refusal.work === 'reactivate'
            ? 'To take the agents out of service again: `/mesos drain` or `/mesos deactivate`.'
            : 'Let it end, then reactivate the agents.',
      };
    case 'plan-too-long':
      return {
        what: `These are ${refusal.agents} agents, and one list takes ${refusal.most}`,
        why: 'A longer one nobody could read before confirming it.',
        toDo: 'Select fewer: several selectors, and `--host`, narrow the choice together.',
      };
    case 'plan-over-limits':
      return {
        what: `${count(refusal.agents, 'agent')} at once ${refusal.agents === 1 ? 'is' : 'are'} more than the limits allow`,
        why: 'What may be under way at the same time, and what would be:',
        among: list(refusal.over.map(overWords)),
        toDo: 'Add `--parallel N` to drain them in waves within the limits; or select fewer, wait until some are drained, or have the limits of this cluster changed by who runs the bot.',
      };
    case 'waves-over-limits':
      return {
        what: 'Such waves are larger than the limits of this cluster',
        why: `${enumerate(refusal.over.map(waveOverWords))}.`,
        toDo: 'Ask for smaller waves; what is not typed is as the limits have it.',
      };
    case 'not-rollable':
      return {
        what: `${agentName(refusal.agent)} is ${plain(refusal.agent.state, 40)}`,
        why: 'An agent that is away ends its tasks when it returns, and a wave would wait for that.',
        toDo: 'Drain it by itself, or leave it out.',
      };
    case 'held-by-plan':
      return {
        what: `${agentName(refusal.agent)} is on the list of plan ${link(refusal.permalink, showPlanId(refusal.plan))}`,
        why: 'Its turn there is still to come, and two would meet on one agent.',
        toDo: `Wait for it, or take it back: \`/mesos cancel ${showPlanId(refusal.plan)}\`.`,
      };
    case 'not-as-shown':
      return {
        what: `${agentName(refusal.agent)} is not as it was shown: ${enumerate(refusal.changes.map(changeWords))}`,
        why: 'Only what was shown may be done.',
        toDo: 'Type the command again to be shown how it is now.',
      };
    case 'one-at-a-time':
      return {
        what: `${code(refusal.command, 60)} takes one agent by its name`,
        why: 'What can’t be undone is asked for, approved and proven for each agent by itself.',
        toDo: 'Type it once for each of them.',
      };
  }
}

function waveOverWords({ attribute, wanted, allowed }: WaveOver): string {
  const where = attribute === null ? 'agents at once' : `with the same ${code(attribute, 100)}`;
  return `${wanted} ${where}, and ${allowed} may be`;
}

type WaveOver = Extract<Refusal, { code: 'waves-over-limits' }>['over'][number];

function overWords({ limit, allowed, open, adding }: OverLimit): string {
  const where =
    limit === 'cluster' ? 'in the cluster' : `with ${code(`${limit.attribute}=${limit.value}`, 120)}`;
  return `${where}: ${allowed} may be, ${open === 0 ? 'none is' : open === 1 ? '1 is' : `${open} are`} by now, and ${adding} would be added`;
}
