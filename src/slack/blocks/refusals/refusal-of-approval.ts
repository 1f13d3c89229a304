import { showApprovalId } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { among } from '../approvals/needs.ts';
import { agentName } from '../text/agent-name.ts';
import { code, link, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { inArchive } from './in-archive.ts';
import type { RefusalWords } from './refusal.ts';
import { reasonWords } from './refusal-of-policy.ts';

type OfApproval = Extract<
  Refusal,
  {
    code: 'reason-needed' | 'nobody-can-approve' | 'approval-open' | 'approval-settled' | 'no-such-approval';
  }
>;

/** The refusals that have to do with the approval of a second person. */
export function refusalOfApproval(refusal: OfApproval): RefusalWords {
  switch (refusal.code) {
    case 'reason-needed':
      return {
        what: 'This needs a reason',
        why: `${enumerate(refusal.because.map(reasonWords))}: a second person has to approve it, and reads why it is wanted.`,
        toDo: 'Type it again with `--reason "…"`.',
      };
    case 'nobody-can-approve':
      return {
        what: 'Nobody could approve this',
        why:
          refusal.oneOf !== undefined
            ? `One of ${among(refusal.oneOf)} has to approve it, and none of them but you could.`
            : refusal.approversConfigured
              ? `It needs ${count(refusal.needed, 'approval')} from approvers other than you, and there are not that many.`
              : `It needs ${count(refusal.needed, 'approval')} from somebody else, no approvers are configured, and an empty list entitles nobody.`,
        toDo: 'Ask who runs the bot to name approvers in its configuration (users or user groups). `/mesos whoami` shows what needs an approval here.',
      };
    case 'approval-open': {
      const id = showApprovalId(refusal.approval);
      return {
        what: `A question on ${agentName(refusal.agent)} waits for an answer already, ${link(refusal.permalink, id)}`,
        why: 'There is one open question per agent at most.',
        toDo: `Have it voted on, on its message; or take it back with \`/mesos cancel ${id}\`, then type this again.`,
      };
    }
    case 'approval-settled': {
      const id = showApprovalId(refusal.approval);
      return {
        what: `Question ${id} is settled already`,
        why: `It ended as: ${plain(refusal.how.replaceAll('-', ' '), 200)}. There is nothing left of it to take back.`,
        toDo: `\`/mesos status ${id}\` shows what became of it. A drain that began under it goes by its own number, such as \`/mesos cancel d17\`.`,
      };
    }
    case 'no-such-approval':
      if (refusal.archive !== undefined) return inArchive('Question', refusal.typed, refusal.archive);
      return {
        what: `There is no question ${code(refusal.typed, 60)}`,
        why:
          refusal.near.length === 0
            ? 'No question has that number.'
            : `The latest are ${enumerate(
                refusal.near.map((id) => `\`${showApprovalId(id)}\``),
                8,
              )}.`,
        toDo: '`/mesos status` lists the open questions with their numbers.',
      };
  }
}
