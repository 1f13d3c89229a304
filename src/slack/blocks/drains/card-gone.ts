import type { DrainCard } from '../../../domain/drain/card.ts';
import { showApprovalId, showDrainId } from '../../../domain/ids.ts';
import type { MarkGoneState } from '../../../domain/mark-gone.ts';
import type { Preview } from '../../../domain/preview.ts';
import { approvedBy } from '../approvals/approved.ts';
import { openForVotes } from '../approvals/open-for-votes.ts';
import { waysToStop } from '../approvals/reactions.ts';
import { settledBy } from '../approvals/settlement.ts';
import { markingWords } from '../mark-gone/marking.ts';
import { type Part, text } from '../text/part.ts';
import { spoken } from '../text/time.ts';
import { heldOrNot } from './held.ts';

/** What a card says of its approval and of marking the agent gone; nothing where a drain has neither. */
export interface GoneWords {
  /** Right under the heading, and only while votes still count: what the bot looks for in its own message. */
  votes: Part[];
  /** Raw, in place of the card's own; null: that stands. */
  verdict: string | null;
  says: string[];
  approved: string | null;
  /** In place of the card's own; null: that stands. */
  next: string | null;
}

/** A card's words on approval and mark gone. `name`: the agent, raw. */
export function goneWords(card: DrainCard, name: string): GoneWords {
  const { approved } = card;
  const words = {
    votes: votesParts(card),
    approved: approved === null ? null : `${approvedBy(approved.by, approved.approval)}.`,
  };
  // An end says by itself what became of the agent.
  if (card.state.status === 'ended') return { ...words, verdict: null, says: [], next: null };
  if (card.marking === null) return { ...words, verdict: null, says: planned(card), next: nextOf(card) };
  const marking = markingWords(card.marking, card.until);
  return {
    ...words,
    verdict: isProven(card.marking) === false ? null : `${name}: ${marking.verdict}`,
    says: marking.says,
    next: nextOfMarking(card.marking),
  };
}

/** What marking it gone will destroy, or has, as it was at the start. */
export function toBeLost({ goneNext, markGone, approved, state }: DrainCard, preview: Preview): Part[] {
  const volumes = heldOrNot(preview.held);
  // In two calls tasks end as in any drain; unattended they may lose their grace.
  const held = markGone ? `${volumes}; and whatever still runs on it` : volumes;
  if (state.status === 'ended')
    return state.end.kind === 'gone' && approved !== null ? [text(`*Lost with it for good:* ${held}.`)] : [];
  return goneNext || markGone ? [text(`*Lost for good when it is marked gone:* ${held}.`)] : [];
}

function votesParts(card: DrainCard): Part[] {
  if (card.votes === null) return [];
  return [
    text(
      `*${openForVotes}* until the second call leaves. What drops the mark gone, and leaves a plain drain: ${waysToStop(
        card.votes.approving,
      )}; \`/mesos cancel ${showDrainId(card.drain)}\`.`,
    ),
  ];
}

/** Null: not decided yet. */
function isProven(marking: MarkGoneState): boolean | null {
  return marking.status === 'ended' ? marking.end.kind === 'gone' : null;
}

function nextOfMarking(marking: MarkGoneState): string | null {
  if (marking.status !== 'ended') return 'the proof that it is gone, or why there is none, in the thread.';
  switch (marking.end.kind) {
    case 'gone':
      return 'nothing, it is gone for good.';
    case 'superseded':
    case 'lost-sight':
      return 'look at the thread, and at the master: what it is now, this card does not know.';
    case 'rejected':
    case 'not-applied':
      return null;
  }
}

function planned({ state, markGone, goneNext, dropped }: DrainCard): string[] {
  if (state.status === 'draining' && state.changing?.kind === 'take-back')
    return [
      '*Mark gone being taken back:* until the master shows the drain without `mark_gone`, it may still mark the agent gone.',
    ];
  if (state.status === 'draining' && state.changing?.kind === 'hasten')
    return [
      `*Being hastened* to a grace of ${spoken(state.changing.maxGrace)}: until the master shows that, the one before holds.`,
    ];
  if (markGone)
    return [
      '*Unattended:* the master marks it gone by itself as soon as it is empty, even if the bot is away.',
    ];
  // Once it is drained, what comes next says it.
  if (goneNext && state.status === 'drained') return [];
  if (goneNext) return ['*First of two calls:* once it is proven empty, the second marks it gone.'];
  if (dropped === null) return [];
  const anew = dropped.again === null ? '' : ` It is asked again as ${showApprovalId(dropped.again)}.`;
  return [`*The mark gone is dropped:* ${settledBy(dropped.how)}. It is a plain drain now.${anew}`];
}

function nextOf({ state, markGone, goneNext, drain }: DrainCard): string | null {
  const cancel = `\`/mesos cancel ${showDrainId(drain)}\``;
  if (state.status === 'drained' && goneNext)
    return `everything is checked anew, then the second call marks it gone. Until that leaves, ${cancel} makes it a plain drain.`;
  if (state.status === 'draining' && markGone && state.changing === null)
    return `milestones in the thread. Until it is gone, ${cancel} makes it a plain drain.`;
  return null;
}
