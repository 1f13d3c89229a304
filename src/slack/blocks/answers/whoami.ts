import type { MayDo, Notice } from '../../../domain/notice.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { wordsOf } from '../refusals/refusal.ts';
import { clause, code, mention, plain } from '../text/escape.ts';
import { count, enumerate, list, type Part, text } from '../text/part.ts';
import { dayAndTime, spoken } from '../text/time.ts';

/** Who the bot takes a person for, what they may do here on each cluster, and why not where they may not. */
export function whoamiParts({ person, clusters }: Extract<Notice, { kind: 'whoami' }>): Part[] {
  const who = `*You are ${mention(person.userId)}* (user ${code(person.userId, 40)} of workspace ${code(person.teamId, 40)}).`;
  return [
    text(who),
    ...clusters.flatMap((each) => [
      text(`*On ${plain(each.cluster, 64)}:*`, ...mayWords(each)),
      ...whyParts(each),
      ...ruleParts(each),
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

/** What holds for whoever changes it, operator or not: the policy is everybody's to know. */
function ruleParts({ rules }: MayDo): Part[] {
  if (rules === undefined) return [];
  const { trouble, frozen, needed, oneOf, kinds, hours, limits, reason, nameMustBeTyped } = rules;
  const votes = `${count(needed, 'other person approves', 'other people approve')}${oneOf ? ', one of those whom the policy names among them' : ''}`;
  return [
    text('*What the policy says:*'),
    list([
      ...(trouble === null
        ? []
        : [
            `*Its latest file can’t be read* (${clause(trouble, 200)}): nothing is done that can’t be undone until it can.`,
          ]),
      ...frozen.map(
        ({ name, until, kinds: waiting }) =>
          `*The freeze “${plain(name, 80)}” is on* until ${dayAndTime(until)}: ${enumerate(waiting.map(quoted), 9)} wait; \`--override-freeze\` with a reason asks a second person.`,
      ),
      `What can’t be undone (\`drain --mark-gone\`, \`mark-gone\`, \`maintenance start\`) is done once ${votes}.`,
      `The same holds for more than ${count(rules.agentsOver, 'agent')} in one command, and for less than ${spoken(rules.graceUnderSeconds)} of grace${
        kinds.length === 0 ? '' : `; always for ${enumerate(kinds.map(quoted), 9)}`
      }${hours === null ? '' : `; for every change ${plain(hours.words, 200)}${hours.now ? ' (*now*)' : ' (not now)'}`}.`,
      `At most ${count(limits.drainsAtOnce, 'agent drains', 'agents drain')} at once${limits.per
        .map(({ attribute, allowed }) => `, ${allowed} with the same ${code(attribute, 60)}`)
        .join('')}.`,
      ...(reason === null
        ? []
        : [
            `Every change needs ${plain(reason.words, 200)} in its reason, like ${code(`--reason "${reason.example}"`, 120)}.`,
          ]),
      ...(nameMustBeTyped ? ['The name of the cluster must be typed with every change.'] : []),
    ]),
  ];
}

function quoted(kind: string): string {
  return code(kind, 40);
}

function whyNot(refusal: Refusal): string {
  if (refusal.code === 'bad-command') return 'The command was not understood.';
  const { what, why, toDo } = wordsOf(refusal);
  return `${what}. ${why} ${toDo}`;
}
