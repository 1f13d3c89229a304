import type { DrainCard, DrainFace } from '../../../src/domain/drain/card.ts';
import type { DrainEnd } from '../../../src/domain/drain.ts';
import { agentId, approvalId, drainId, masterId, teamId, userId } from '../../../src/domain/ids.ts';
import type { MarkGoneNews } from '../../../src/domain/mark-gone/news.ts';
import type { GoneCause, MarkGoneEnd, MarkGoneState } from '../../../src/domain/mark-gone.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { earlier, now, requester } from './moments.ts';

const id = agentId('3669f2a1-b0f5-4f5e-9c8a-000000000000-S12');
/** Whoever approves. */
export const approver = { userId: userId('U0BOBB0001'), teamId: teamId('T0LOCAL001'), name: 'bob' };
export const approving = 'white_check_mark';
export const approved = { approval: approvalId(9), by: [approver] };

export function markings(foreign: string): MarkGoneState[] {
  const cause = { cause: { code: 'not-listed' as const, why: foreign }, since: earlier, toldAt: null };
  return [
    { status: 'calling' },
    { status: 'checking', since: earlier, why: foreign, noEffect: null, waiting: null },
    {
      status: 'checking',
      since: earlier,
      why: foreign,
      noEffect: { leader: masterId('m'), at: now },
      waiting: cause,
    },
    { status: 'confirming', acceptedAt: earlier, waiting: null },
    { status: 'confirming', acceptedAt: earlier, waiting: cause },
    ...goneEnds(foreign).map((end) => ({ status: 'ended' as const, at: now, end })),
  ];
}

export function goneCauses(foreign: string): GoneCause[] {
  return [
    { code: 'master-silent', why: foreign },
    { code: 'recovering' },
    { code: 'unreachable', since: earlier },
    { code: 'not-listed', why: foreign },
    { code: 'listed-nowhere' },
    { code: 'still-there', shown: { state: 'DRAINING', maxGraceNs: 6e11, markGone: true } },
    { code: 'still-there', shown: 'no drain' },
  ];
}

export function goneEnds(foreign: string): MarkGoneEnd[] {
  return [
    { kind: 'gone', goneAt: earlier },
    { kind: 'rejected', httpStatus: 503, body: foreign },
    { kind: 'rejected', httpStatus: null, body: foreign },
    { kind: 'not-applied' },
    { kind: 'superseded', shown: { state: 'DRAINED', maxGraceNs: null, markGone: false } },
    { kind: 'superseded', shown: 'deactivated' },
    { kind: 'superseded', shown: 'in service' },
    { kind: 'lost-sight', forDays: 7 },
  ];
}

/** The cards of drains that were approved: every status, before and after the second call. */
export function goneCards(
  card: (state: DrainFace, rest?: Partial<DrainCard>) => DrainCard,
  ends: DrainEnd[],
  foreign: string,
): DrainCard[] {
  const draining = { status: 'draining' as const, waiting: null, masterSaysDrained: false, changing: null };
  const drained: DrainFace = { status: 'drained', proof: { by: 'master-and-agent' } };
  const second = { goneNext: true, approved, votes: { approving } };
  const alone = { markGone: true, approved };
  return [
    card({ status: 'calling' }, second),
    card({ status: 'checking', why: foreign }, second),
    card(draining, second),
    card(draining, { ...second, votes: { approving: foreign } }),
    card(drained, second),
    card({ status: 'drained', proof: { by: 'master-only', agentNotAsked: foreign } }, second),
    card(draining, alone),
    card({ ...draining, changing: { kind: 'take-back' } }, alone),
    card({ ...draining, waiting: { code: 'not-listed', why: foreign } }, alone),
    card(draining, { approved }),
    card(drained, { approved }),
    card(draining, {
      approved,
      dropped: { how: { how: 'stopped', by: { ...approver, name: foreign } }, again: null },
    }),
    card(drained, { approved, dropped: { how: { how: 'expired' }, again: approvalId(10) } }),
    ...markings(foreign).map((marking) => card(drained, { approved, marking, goneNext: true })),
    ...ends.flatMap((end) => [
      card({ status: 'ended', end, wasDrained: true }, { approved, marking: { status: 'calling' } }),
      card({ status: 'ended', end, wasDrained: false }, alone),
    ]),
  ];
}

/** Everything that is told of marking an agent gone, by either call. */
export function markGoneNotices(foreign: string): Notice[] {
  const news: MarkGoneNews[] = [
    { news: 'accepted', call: 'second-drain' },
    { news: 'accepted', call: 'mark-agent-gone' },
    { news: 'unknown', why: foreign },
    { news: 'effect-seen' },
    ...goneCauses(foreign).map((cause) => ({ news: 'waiting' as const, cause, since: earlier })),
    ...goneEnds(foreign).map((end) => ({ news: 'ended' as const, end })),
  ];
  return [drainId(17), null].flatMap((drain) =>
    news.map(
      (each): Notice => ({
        kind: 'mark-gone',
        about: {
          agentId: id,
          hostname: foreign,
          requester,
          approvedBy: [{ ...approver, name: foreign }],
          approval: approvalId(9),
          drain,
        },
        news: each,
      }),
    ),
  );
}
