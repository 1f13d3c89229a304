import { showPlanId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { code, plain } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';
import type { RefusalWords } from './refusal.ts';

type OfPlan = Extract<Refusal, { code: 'no-such-plan' | 'plan-settled' | 'not-your-plan' }>;

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
  }
}
