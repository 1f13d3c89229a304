import type { Prompt, PromptFace } from '../../../domain/approval/prompt.ts';
import { showApprovalId, showDrainId } from '../../../domain/ids.ts';
import type { Person } from '../../../domain/person.ts';
import { markingWords } from '../mark-gone/marking.ts';
import { leftWords, underWayWords } from '../plans/work-words.ts';
import { rawAgent } from '../text/agent-name.ts';
import { mention } from '../text/escape.ts';
import type { Part } from '../text/part.ts';
import { hourWords, second, when, zoneNote } from '../text/time.ts';
import { askedRaw, leavesAt } from './act-words.ts';
import { people } from './approved.ts';
import { missingWords, needsWords } from './needs.ts';
import { openForVotes } from './open-for-votes.ts';
import { denying, emoji, stopping, waysToStop } from './reactions.ts';
import { settledBecause, settledBy, settledRaw, settledSo } from './settlement.ts';

/** What a question's state makes of its message. */
export interface FaceWords {
  /** Raw. */
  verdict: string;
  /** Where it stands: right under the verdict. */
  stands: string[];
  /** What a settled question leaves to be known. */
  because: Part[];
  /** How to vote. */
  toVote: string[];
}

/** The face of a question. Only one that can still be voted on says so, in the words that the bot looks for. */
export function faceWords(prompt: Prompt): FaceWords {
  const { state } = prompt;
  const asked = askedRaw(prompt);
  switch (state.status) {
    case 'open':
      return {
        verdict: `Approve? ${asked.charAt(0).toUpperCase()}${asked.slice(1)}`,
        stands: openLines(prompt, state),
        because: [],
        toVote: howToVote(prompt),
      };
    case 'holding':
      return {
        verdict: `Approved, ${prompt.hour === undefined ? 'about to leave' : 'waits for its hour'}: ${asked}`,
        stands: [
          `*${openForVotes}:* approved by ${people(state.by)}. *${leavesAt(prompt, second(state.until, prompt.at))}*`,
          `*What stops it until then:* ${waysToStop(prompt.approving)}.`,
        ],
        because: [],
        toVote: [],
      };
    case 'standing':
      return {
        verdict: `Approved: ${asked}`,
        stands: [...standingLines(prompt, state.by), ...marking(prompt)],
        because: [],
        toVote: [],
      };
    case 'settled':
      return {
        verdict: settledVerdict(prompt, state),
        stands: [
          `*Settled:* ${settledBy(state.how)}.`,
          ...settledSo(state.how, state.wasStanding, state.again, prompt),
          ...(state.how.how === 'used' && prompt.marking === null
            ? ['What becomes of the call is told in the thread.']
            : marking(prompt)),
        ],
        because: settledBecause(state.how),
        toVote: [],
      };
  }
}

/** How to take a question back by a command. */
export function cancelLine({ approval }: Pick<Prompt, 'approval'>): string {
  return `\`/mesos cancel ${showApprovalId(approval)}\``;
}

function openLines(
  prompt: Prompt,
  { by, objections, missing }: Extract<PromptFace, { status: 'open' }>,
): string[] {
  const { needed, oneOf, expiresAt, at, hour } = prompt;
  const lacks = missingWords(missing);
  return [
    `*${openForVotes}* until ${when(expiresAt, at)}: ${
      by.length === 0
        ? `nobody has approved yet, ${needsWords({ needed, oneOf })}.`
        : `approved by ${people(by)}, ${by.length} of ${needed} needed${lacks === null ? '' : `; *${lacks}*`}.`
    }`,
    ...(hour === undefined
      ? []
      : [
          `*Not before ${hourWords(hour)}${zoneNote(hour)}:* once enough have approved, it waits for that in sight, and everything is looked at and judged again then.`,
        ]),
    ...(objections.length === 0
      ? []
      : [
          `*${people(objections)} ${objections.length === 1 ? 'objects' : 'object'}:* nothing leaves while that stands.`,
        ]),
  ];
}

function standingLines(prompt: Prompt, by: Person[]): string[] {
  const ways = `${waysToStop(prompt.approving)}; ${cancelLine(prompt)}.`;
  if (prompt.of === 'plan')
    return [
      `*${openForVotes}* until ${prompt.does.work.do === 'roll' ? 'the last agent is marked gone' : 'the call to start maintenance leaves'}: approved by ${people(by)}. ${underWayWords(prompt.does)}`,
      `*What drops it until then:* ${ways} ${leftWords(prompt.does)}`,
    ];
  const drain = prompt.drain === null ? 'The drain' : `Drain ${showDrainId(prompt.drain)}`;
  return [
    `*${openForVotes}* until the second call leaves: approved by ${people(by)}. ${drain} is under way.`,
    `*What drops the mark gone until then, and leaves a plain drain:* ${ways}`,
  ];
}

function howToVote(prompt: Prompt): string[] {
  const who = mention(prompt.requester.userId);
  return [
    `*To vote,* react to this message: ${emoji(prompt.approving)} approves · ${denying} denies · ${stopping} objects.`,
    `Only an approver's approval counts, never ${who}'s own; 👍 is no vote. An objection, also ❌ of one who is no approver, keeps everything back while it stands.`,
    `${who} takes the question back with ❌ or ${cancelLine(prompt)}. Once enough have approved, the call waits in sight, and can still be stopped.`,
  ];
}

function marking(prompt: Prompt): string[] {
  return prompt.marking === null ? [] : markingWords(prompt.marking, prompt.at).says;
}

function settledVerdict(prompt: Prompt, { how }: Extract<PromptFace, { status: 'settled' }>): string {
  if (how.how === 'used' && prompt.of === 'agent' && prompt.marking !== null)
    return `${rawAgent(prompt)}: ${markingWords(prompt.marking, prompt.at).verdict}`;
  return `${settledRaw(how)}: ${askedRaw(prompt)}`;
}
