import type { AgentPrompt } from '../../../domain/approval/prompt.ts';
import { showApprovalId, showDrainId } from '../../../domain/ids.ts';
import type { PromptLine } from '../../../domain/notice.ts';
import type { Preview } from '../../../domain/preview.ts';
import { fullId } from '../text/agent-name.ts';
import { clause, link, mention, plain } from '../text/escape.ts';
import { heading, note, type Part, text } from '../text/part.ts';
import { when } from '../text/time.ts';
import { howWords } from './act-words.ts';
import { becauseLine } from './because.ts';
import { lossInShort, lossParts } from './loss.ts';
import { coverParts, planParticulars } from './plan-prompt.ts';
import { faceWords } from './prompt-face.ts';
import { minding } from './prompt-mind.ts';

/** A question for a second person, read on a phone at night: what is asked, where it stands, who asks and why, what
 * would be lost, how it is done, how to vote; then what to mind, and the particulars as small print. */
export function promptParts(prompt: AgentPrompt, preview: Preview): Part[] {
  const face = faceWords(prompt);
  const settled = prompt.state.status === 'settled';
  return [
    heading(face.verdict),
    // A text of its own, right under the heading: what the bot looks for stands here.
    text(...face.stands),
    ...face.because,
    text(
      `Asked by ${mention(prompt.requester.userId)}: ${plain(prompt.reason, 300)}`,
      settled ? null : becauseLine(prompt),
    ),
    ...(settled
      ? [wasToBeLost(prompt)]
      : [
          ...lossParts(prompt.act, prompt.loss),
          text(
            ...seenWhen(prompt, preview),
            `*How:* ${howWords(prompt.act, prompt.drain)}`,
            masterWord(prompt, preview),
          ),
          ...(face.toVote.length === 0 ? [] : [text(...face.toVote)]),
          ...minding(prompt, preview),
        ]),
    particulars(prompt),
  ];
}

/** The answer to `status a9`: where it stands, and where its message is. Nobody can vote on an answer. */
export function statusOfApprovalParts({ prompt, permalink }: PromptLine): Part[] {
  const face = faceWords(prompt);
  return [
    heading(face.verdict),
    text(...face.stands, `Asked by ${mention(prompt.requester.userId)}: ${plain(prompt.reason, 300)}`),
    ...face.because,
    ...(prompt.of === 'plan'
      ? coverParts(prompt)
      : prompt.state.status === 'settled'
        ? [wasToBeLost(prompt)]
        : lossParts(prompt.act, prompt.loss)),
    text(
      prompt.state.status === 'settled'
        ? link(permalink, 'Its message')
        : `Votes count on its message alone: ${link(permalink, showApprovalId(prompt.approval))}.`,
    ),
    prompt.of === 'plan' ? planParticulars(prompt) : particulars(prompt),
  ];
}

function wasToBeLost({ act, loss }: AgentPrompt): Part {
  const lost = lossInShort(act, loss);
  return text(lost === null ? null : `Shown as lost for good: ${lost}`);
}

/** Whether what is shown is of now or from memory, and what a dead machine must be asked. */
function seenWhen({ act, loss, at }: AgentPrompt, { subject }: Preview): string[] {
  const seen =
    subject.kind === 'away'
      ? [`All of this *as last seen at ${when(subject.known.lastSeenAt, at)}:* the agent is away.`]
      : loss.alive
        ? []
        : ['The agent is away: this is what was known of it.'];
  if (act.kind !== 'mark-gone') return seen;
  return loss.alive
    ? [...seen, '*It is alive:* its tasks are ended at once, with no grace, and the agent is shut down.']
    : [...seen, '*Is it powered off?* Else its tasks run twice: their frameworks start them elsewhere.'];
}

function masterWord({ masterWordOnly }: AgentPrompt, { agentNotAsked }: Preview): string | null {
  if (!masterWordOnly) return null;
  const why = agentNotAsked === null ? '' : ` (${clause(agentNotAsked, 200)})`;
  return `*Mind:* the agent itself can't be asked${why}. That it is empty will be the master's word alone: executors may still run there.`;
}

function particulars(prompt: AgentPrompt): Part {
  const { approval, cluster, drain, follows, askedAt, at, agentId, hostname } = prompt;
  return note(
    [
      `Question ${showApprovalId(approval)} on ${plain(cluster)}`,
      drain === null ? null : `drain ${showDrainId(drain)}`,
      follows === null ? null : `asks ${showApprovalId(follows)} again`,
      `asked ${when(askedAt, at)}`,
    ]
      .filter((each) => each !== null)
      .join(' · '),
    `${plain(hostname)} · Agent ID: ${fullId(agentId)}`,
  );
}
