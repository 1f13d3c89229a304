import type { VoteRefused } from '../../../domain/approval/news.ts';
import { showApprovalId } from '../../../domain/ids.ts';
import { type Part, text } from '../text/part.ts';
import { denying, emoji, stopping } from './reactions.ts';

/** Told to one voter alone: why the reaction doesn't count, and the way out. */
export function voteRefusedParts(refused: VoteRefused): Part[] {
  const { what, toDo } = wordsOf(refused);
  return [text(`*${what}*`, toDo)];
}

function wordsOf({ about, mark, why, approving }: VoteRefused): { what: string; toDo: string } {
  const id = showApprovalId(about.approval);
  const yes = emoji(approving);
  switch (why) {
    case 'own-vote':
      return {
        what: `Your own approval of ${id} does not count.`,
        toDo: `A second person has to react with ${yes}. To take the question back, react with ${denying} or type \`/mesos cancel ${id}\`.`,
      };
    case 'not-entitled':
      return {
        what: `Your approval of ${id} does not count: you are not an approver.`,
        toDo: `Ask an approver to react with ${yes}. You may object: ${denying}, ${stopping}. \`/mesos whoami\` shows what you may do.`,
      };
    case 'not-a-vote':
      return {
        what: `That reaction on ${id} is not a vote.`,
        toDo: `To approve, react with ${yes}; that one alone counts as a yes. To deny or object: ${denying}, ${stopping}.`,
      };
    case 'bot':
      return {
        what: `A bot's reaction on ${id} does not count.`,
        toDo: `A person has to react with ${yes}.`,
      };
    case 'guest':
      return {
        what: `Your reaction on ${id} does not count: guests have no vote.`,
        toDo: 'Ask a full member of this workspace to react.',
      };
    case 'deactivated':
      return {
        what: `The reaction on ${id} does not count: the account is deactivated.`,
        toDo: 'Ask a full member of this workspace to react.',
      };
    case 'other-workspace':
      return {
        what: `Your reaction on ${id} does not count: your account is of another workspace.`,
        toDo: 'Ask a full member of this workspace to react.',
      };
    case 'no-team':
      return {
        what: `Your reaction on ${id} does not count: Slack does not say of which workspace your account is.`,
        toDo: 'Ask another full member to react, and tell who runs the bot.',
      };
    case 'nobody':
      return {
        what: `The reaction on ${id} does not count: Slack knows no such user.`,
        toDo: 'Ask a full member of this workspace to react.',
      };
    case 'shared-channel':
      return {
        what: `Your reaction on ${id} does not count: this channel is shared with other organisations.`,
        toDo: 'The command has to be typed again in a channel of this workspace only, and voted on there.',
      };
    case 'expired':
      return {
        what: `Your reaction on ${id} came too late: the question had run out.`,
        toDo:
          mark === 'approve'
            ? 'If it is still wanted, the command has to be typed again, and voted on anew.'
            : 'Nothing leaves on it any more, so there is nothing left to stop.',
      };
    case 'settled':
      return {
        what: `Your reaction on ${id} changes nothing: the question is settled.`,
        toDo: `\`/mesos status ${id}\` shows how it ended, and what became of it.`,
      };
  }
}
