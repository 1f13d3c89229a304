import type { MayDo, Notice } from '../../../domain/notice.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { wordsOf } from '../refusals/refusal.ts';
import { code, mention, plain } from '../text/escape.ts';
import { list, type Part, text } from '../text/part.ts';

/** Who the bot takes a person for, what they may do here on each cluster, and why not where they may not. */
export function whoamiParts({ person, clusters }: Extract<Notice, { kind: 'whoami' }>): Part[] {
  const who = `*You are ${mention(person.userId)}* (user ${code(person.userId, 40)} of workspace ${code(person.teamId, 40)}).`;
  const [only, ...others] = clusters;
  if (only !== undefined && others.length === 0) return [text(who, ...mayWords(only)), ...whyParts(only)];
  return [
    text(who),
    ...clusters.flatMap((each) => [
      text(`*On ${plain(each.cluster, 64)}:*`, ...mayWords(each)),
      ...whyParts(each),
    ]),
  ];
}

function mayWords({ operator, approver, channelAllowed }: MayDo): string[] {
  return [
    operator && channelAllowed
      ? 'You may change the cluster from here.'
      : operator
        ? 'You are an operator, but the cluster may not be changed from here.'
        : 'You may read, and not change the cluster: you are not an operator.',
    approver
      ? 'You are an approver: you may approve what others ask for, and deny it. Your own commands need the approval of somebody else.'
      : 'You are not an approver: your approval does not count. Any full member may object to a question, and stop what is about to leave.',
  ];
}

function whyParts({ why }: MayDo): Part[] {
  return why.length === 0 ? [] : [text('*Why not:*'), list(why.map(whyNot))];
}

function whyNot(refusal: Refusal): string {
  if (refusal.code === 'bad-command') return 'The command was not understood.';
  const { what, why, toDo } = wordsOf(refusal);
  return `${what}. ${why} ${toDo}`;
}
