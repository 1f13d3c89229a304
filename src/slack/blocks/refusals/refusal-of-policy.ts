import type { BrakeReading } from '../../../domain/brake.ts';
import { hoursInWords } from '../../../domain/policy/times-in-words.ts';
import type { ApprovalReason, PolicyObjection, Refusal } from '../../../domain/refusal.ts';
import { clause, code, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { dayAndTime } from '../text/time.ts';
import { refusalOfCollisions } from './collision-words.ts';
import type { RefusalWords } from './refusal.ts';

type OfPolicy = Extract<
  Refusal,
  { code: 'against-policy' | 'policy-broken' | 'needs-approval' | 'collides' }
>;

/** The refusals that have to do with the policy of the cluster. */
export function refusalOfPolicy(refusal: OfPolicy): RefusalWords {
  switch (refusal.code) {
    case 'against-policy':
      return againstPolicy(refusal.objections);
    case 'policy-broken':
      return {
        what: 'The policy of this cluster can’t be read now, so nothing is done that can’t be undone',
        why: `Its latest file was refused: ${clause(refusal.why, 300)}. What it said before still stands for everything else.`,
        toDo: 'Ask who runs the bot to mend the file and have it read again; then type this again.',
      };
    case 'collides':
      return refusalOfCollisions(refusal);
    case 'needs-approval':
      return {
        what: 'This needs a second person',
        why: `${enumerate(refusal.because.map(reasonWords), 5)}.`,
        toDo: 'Type it again: who may approve it is then asked. If it stays so, ask who runs the bot.',
      };
  }
}

function againstPolicy(objections: PolicyObjection[]): RefusalWords {
  const words = objections.map(objectionWords);
  const only = words.length === 1 ? words[0] : undefined;
  return {
    what: only?.what ?? 'The policy of this cluster is against this',
    why: words.map(({ what, why }) => (only === undefined ? `${what}: ${why}` : why)).join(' '),
    toDo: [...new Set(words.map(({ toDo }) => toDo))].join(' '),
  };
}

function objectionWords(objection: PolicyObjection): RefusalWords {
  switch (objection.about) {
    case 'freeze': {
      const { name, until, command, canOverride } = objection;
      return {
        what: `${code(command, 40)} waits: the freeze “${plain(name, 80)}” is on until ${dayAndTime(until)}`,
        why: 'The policy of this cluster lets no such change through while it lasts.',
        toDo: canOverride
          ? 'Type it again after that. If it can’t wait, add `--override-freeze` and a reason: a second person has to approve it, and it is filed.'
          : 'Type it again after that.',
      };
    }
    case 'brake':
      return {
        what: `Too much of this cluster ${objection.ofList ? 'would be' : 'is'} out of service: ${brakeWords(objection)}`,
        why: `With more than ${objection.percent} % out, nothing more is taken out: what runs there has to go somewhere. \`/mesos agents\` shows which they are.`,
        toDo: objection.canOverride
          ? 'Bring some back with `reactivate`, or wait until they return. If it can’t wait, add `--override-brake` and a reason: a second person has to approve it, and it is filed.'
          : 'Bring some back with `reactivate`, or wait until they return.',
      };
    case 'reason': {
      const { words, example, given } = objection;
      return {
        what: given ? 'The reason lacks something' : 'This needs a reason',
        why: `The policy of this cluster asks for ${plain(words, 200)}.`,
        toDo: `Type it again with a reason like ${code(`--reason "${example}"`, 120)}.`,
      };
    }
  }
}

/** How many of how many are out, and of how many of them nobody can say. */
export function brakeWords({ out, of, notKnown, ofList }: BrakeReading): string {
  if (of === 0) return 'no agent of it is known';
  const unknown = notKnown === 0 ? '' : `, of ${notKnown} of them it is *not known*`;
  return `${out} of ${count(of, 'agent')} (${Math.round((out * 100) / of)} %) ${ofList ? 'would be out of service or away with these' : 'are out of service or away'}${unknown}`;
}

/** Why a second person is asked, as a sentence without its stop. */
export function reasonWords(reason: ApprovalReason): string {
  switch (reason.why) {
    case 'irreversible':
      return `${code(reason.command, 80)} can't be undone`;
    case 'short-grace':
      return `With ${reason.seconds} s of grace tasks are killed ${reason.seconds === 0 ? '' : 'almost '}at once (${reason.under ?? 5} s or more needs no approval)`;
    case 'many-agents':
      return `${reason.agents} agents at once are many (more than ${reason.over} need an approval)`;
    case 'policy-verb':
      return `The policy of this cluster asks for it whenever ${code(reason.command, 80)} is done`;
    case 'hours':
      return `The policy of this cluster asks for it at this hour (${plain(hoursInWords(reason.hours), 200)})`;
    case 'brake':
      return `The brake is overridden: ${brakeWords(reason)} (more than ${reason.percent} % need an approval)`;
    case 'freeze':
      return `The freeze “${plain(reason.name, 80)}”, on until ${dayAndTime(reason.until)}, is overridden`;
  }
}
