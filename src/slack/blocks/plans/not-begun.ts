import { showPlanId } from '../../../domain/ids.ts';
import type { PlanAbout } from '../../../domain/plan/news.ts';
import type { PlanEnd } from '../../../domain/plan.ts';
import type { RollingAbout } from '../../../domain/rolling/news.ts';
import { wordsOf } from '../refusals/refusal.ts';
import { mention } from '../text/escape.ts';
import { type Part, text } from '../text/part.ts';
import { hourWords } from '../text/time.ts';

type Scheduled = Pick<PlanAbout | RollingAbout, 'plan' | 'requester' | 'work'>;

/** That a plan, which waited for its hour, begins. */
export function hourCame({ plan }: Scheduled): Part {
  return text(`*The hour of plan ${showPlanId(plan)} has come:* it begins, as nothing speaks against it.`);
}

/** That a plan, which waited for its hour, ended without having begun. */
export function notBegunParts({ plan: id, requester, work }: Scheduled, end: PlanEnd): Part[] {
  const plan = showPlanId(id);
  const who = mention(requester);
  const again = `If it is still wanted, type the command again. ${who}`;
  switch (end.kind) {
    case 'late':
      return [
        text(
          `*Plan ${plan} was not begun:* at ${hourWords(end.hour)} the bot was down, or nobody could say how things stand, for more than 15 minutes.`,
          `Nothing was sent. ${again}`,
        ),
      ];
    case 'refused': {
      if (end.refusal.code === 'bad-command') return [text(`*Plan ${plan} was not begun.* ${again}`)];
      const { what, why, toDo, among } = wordsOf(end.refusal);
      return [
        text(`*Plan ${plan} was not begun,* for at its hour: ${what}.`, why),
        ...(among === undefined ? [] : [among]),
        text(`Nothing was sent. *What to do:* ${toDo} ${who}`),
      ];
    }
    case 'cancelled':
      return [
        text(`*Plan ${plan} is taken back by ${mention(end.by.userId)}:* ${nothingWords(work.do)} ${who}`),
      ];
    case 'restored':
      return [
        text(
          `*Plan ${plan} ends here:* this database is one from the past, and what was scheduled in it does not begin. ${who}`,
        ),
      ];
    case 'done':
    case 'not-confirmed':
    case 'not-approved':
    case 'failed':
    case 'given-up':
      return [text(`*Plan ${plan} has ended* before it began. ${who}`)];
  }
}

function nothingWords(work: Scheduled['work']['do']): string {
  switch (work) {
    case 'drain':
    case 'roll':
      return 'nothing is drained.';
    case 'deactivate':
      return 'nothing is deactivated.';
    case 'reactivate':
      return 'nothing is reactivated.';
  }
}
