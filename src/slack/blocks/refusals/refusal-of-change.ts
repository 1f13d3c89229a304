import { showApprovalId, showDrainId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { spoken } from '../text/time.ts';
import type { RefusalWords } from './refusal.ts';

/** The refusals of changing a drain that is under way. */
export function refusalOfChange(
  refusal: Extract<Refusal, { code: 'recall-open' | 'hasten-open' | 'cannot-hasten' }>,
): RefusalWords {
  const drain = showDrainId(refusal.drain);
  const status = `\`/mesos status ${drain}\``;
  switch (refusal.code) {
    case 'recall-open':
    case 'hasten-open':
      return {
        what:
          refusal.code === 'recall-open'
            ? `The mark gone of ${drain} is being taken back already`
            : `${drain} is being hastened already`,
        why: 'The call for that has left or is about to, and its effect is being looked for.',
        toDo: `Its thread tells what comes of it, and so does ${status}.`,
      };
    case 'cannot-hasten':
      return { what: `${drain} can't be hastened like this`, ...because(refusal, status) };
  }
}

function because(
  { why, approval, maxGraceSeconds }: Extract<Refusal, { code: 'cannot-hasten' }>,
  status: string,
): Pick<RefusalWords, 'why' | 'toDo'> {
  const now = maxGraceSeconds === null ? "each task's own grace" : `a grace of ${spoken(maxGraceSeconds)}`;
  switch (why) {
    case 'approved': {
      const id = approval === null ? 'its approval' : showApprovalId(approval);
      return {
        why: `${id} covers this very call, with ${now}; another grace is another call.`,
        toDo: `To go on without the mark gone: \`/mesos cancel ${id}\`, where that is still open. Else let it go on: ${status}.`,
      };
    }
    case 'changed':
      return {
        why: `It has ${now} by now, so it is not what the button was shown for.`,
        toDo: `Look at ${status}, then type the drain again for a new button.`,
      };
    case 'not-shorter':
      return {
        why: `It has ${now}. A running grace can be shortened, not lengthened.`,
        toDo: 'Give a shorter one, or let it go on.',
      };
    case 'too-short':
      return {
        why: 'Under 5 s tasks are killed almost at once, which a second person has to approve, and a drain under way can not ask for that.',
        toDo: 'Give 5 s or more.',
      };
    case 'deactivation':
      return {
        why: 'It is a deactivation: nothing is being killed, so there is no grace.',
        toDo: 'To end what is left, drain the agent: `/mesos drain AGENT --max-grace-period 10m`.',
      };
  }
}
