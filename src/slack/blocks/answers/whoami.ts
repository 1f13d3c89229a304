import type { Notice } from '../../../domain/notice.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { wordsOf } from '../refusals/refusal.ts';
import { code, mention } from '../text/escape.ts';
import { list, type Part, text } from '../text/part.ts';

/** Who the bot takes a person for, what they may do here, and why not where they may not. */
export function whoamiParts(notice: Extract<Notice, { kind: 'whoami' }>): Part[] {
  const { person, operator, approver, channelAllowed, why } = notice;
  return [
    text(
      `*You are ${mention(person.userId)}* (user ${code(person.userId, 40)} of workspace ${code(person.teamId, 40)}).`,
      operator && channelAllowed
        ? 'You may change the cluster from here.'
        : operator
          ? 'You are an operator, but the cluster may not be changed from here.'
          : 'You may read, and not change the cluster: you are not an operator.',
      approver
        ? 'You are an approver: you may approve what others ask for, and deny it. Your own commands need the approval of somebody else.'
        : 'You are not an approver: your approval does not count. Any full member may object to a question, and stop what is about to leave.',
    ),
    ...(why.length === 0 ? [] : [text('*Why not:*'), list(why.map(whyNot))]),
  ];
}

function whyNot(refusal: Refusal): string {
  if (refusal.code === 'bad-command') return 'The command was not understood.';
  const { what, why, toDo } = wordsOf(refusal);
  return `${what}. ${why} ${toDo}`;
}
