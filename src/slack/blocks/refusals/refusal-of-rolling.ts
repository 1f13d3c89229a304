import { showPlanId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { haltInShort } from '../rolling/halt-words.ts';
import type { RefusalWords } from './refusal.ts';

type OfRolling = Extract<
  Refusal,
  { code: 'plan-not-rolling' | 'plan-not-begun' | 'plan-halted' | 'plan-goes-on' }
>;

const notBegun: Record<Extract<OfRolling, { code: 'plan-not-begun' }>['how'], string> = {
  proposed: 'It was shown, and nobody has confirmed it.',
  asked: 'A second person is still asked about it.',
  scheduled: 'It waits for its hour.',
};

/** The refusals to pause a rolling drain, or to resume it. */
export function refusalOfRolling(refusal: OfRolling): RefusalWords {
  const plan = showPlanId(refusal.plan);
  switch (refusal.code) {
    case 'plan-not-rolling':
      return {
        what: `Plan ${plan} can't be ${refusal.command === 'pause' ? 'paused' : 'resumed'}`,
        why: 'Only a rolling drain goes in waves; of this plan nothing is left to hold up.',
        toDo: `\`/mesos status ${plan}\` shows how it stands, \`/mesos cancel ${plan}\` stops what of it can still be stopped.`,
      };
    case 'plan-not-begun':
      return {
        what: `Plan ${plan} has not begun`,
        why: notBegun[refusal.how],
        toDo:
          refusal.how === 'proposed'
            ? `Its asker begins it with \`/mesos confirm ${plan}\`; unconfirmed it is dropped by itself.`
            : `To take it back: \`/mesos cancel ${plan}\`.`,
      };
    case 'plan-halted':
      return {
        what: `Plan ${plan} has halted already`,
        why: `It begins no further wave: ${haltInShort(refusal.halt)}.`,
        toDo: `\`/mesos resume ${plan}\` lets it go on, \`/mesos cancel ${plan}\` gives it up.`,
      };
    case 'plan-goes-on':
      return {
        what: `Plan ${plan} is not halted`,
        why: 'Nothing holds up its next wave.',
        toDo: `\`/mesos status ${plan}\` shows what it is at.`,
      };
  }
}
