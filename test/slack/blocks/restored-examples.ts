import { type Found, signedBy } from '../../../src/domain/anchor.ts';
import { agentId, approvalId, channelId, databaseId, drainId } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { fakeSigner } from '../../support/fake-signer.ts';
import { earlier, now } from './moments.ts';

const anchor = {
  database: databaseId('db-1'),
  seq: 412,
  hash: 'ab12'.repeat(16),
  at: earlier,
  drains: 17,
  approvals: 9,
  plans: 2,
};

/** What is told of anchors and of a restored database; `foreign` stands in every text from outside. */
export function restoredNotices(foreign: string): Notice[] {
  const found: Omit<Found, 'how'> = { anchor, head: null, numbers: { drains: 17, approvals: 9, plans: 2 } };
  const ids = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);
  return [
    ...[anchor, signedBy(fakeSigner, anchor)].flatMap((each): Notice[] => [
      { kind: 'anchor', anchor: each },
      { kind: 'anchored', anchor: each, channel: channelId('C0MESOSOPS') },
    ]),
    {
      kind: 'only-watched',
      drain: drainId(17),
      hostname: foreign,
      agentId: agentId('36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S3'),
      knows: earlier,
    },
    ...[true, false].map(
      (restored): Notice => ({
        kind: 'ops',
        what: {
          matter: 'started',
          version: foreign,
          openDrains: 2,
          restored,
          notCompared: restored ? null : foreign,
        },
      }),
    ),
    ...(['behind', 'other-history', 'another-database'] as const).map(
      (how, at): Notice => ({
        kind: 'ops',
        what: {
          matter: 'restored',
          restored: {
            ...found,
            how,
            head: at === 0 ? { seq: 300, hash: 'cd34'.repeat(16) } : null,
            since: now,
            voided: ids(1, at * 40).map(approvalId),
            watched: ids(1, at * 40).map(drainId),
            unsent: at * 90,
          },
          unsent: ids(1, at * 90).map((n) => ({
            drain: n % 3 === 0 ? drainId(n) : null,
            approval: n % 3 === 1 ? approvalId(n) : null,
            permalink: n % 2 === 0 ? 'https://x.slack.com/archives/C1/p1' : null,
            messages: n,
          })),
        },
      }),
    ),
  ];
}
