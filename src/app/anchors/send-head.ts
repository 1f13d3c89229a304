import { type Anchor, signedBy } from '../../domain/anchor.ts';
import { factsOfSigned, type Signer } from '../../domain/audit/signed-head.ts';
import {
  type ChannelId,
  type ClusterName,
  correlationId,
  type Instant,
  iso,
  noticeId,
} from '../../domain/ids.ts';
import { soleCluster } from '../cluster.ts';
import type { NewId, Tx } from '../ports.ts';

export interface SendHeadDeps {
  newId: NewId;
  clusters: readonly { name: ClusterName }[];
  /** Null: none is configured. */
  anchorChannel: ChannelId | null;
  /** Null: heads are not signed. */
  signer: Signer | null;
}

/** Queues the head of the log for the anchor channel, as this transaction sees it, and files its signature as the entry
 * after it. Null: the log is empty, or there is neither a channel nor a key. */
export async function sendHead(tx: Tx, deps: SendHeadDeps, at: Instant): Promise<Anchor | null> {
  const { newId, clusters, anchorChannel, signer } = deps;
  const head = await tx.anchor();
  if (head === null || (anchorChannel === null && signer === null)) return null;
  const anchor = signedBy(signer, head);
  let last = anchor.seq;
  if (anchor.signature !== undefined) {
    const { seq } = await tx.append({
      at,
      event: 'head.signed',
      actor: { kind: 'bot' },
      correlation: correlationId(newId()),
      ...soleCluster(clusters),
      facts: factsOfSigned({ ...anchor, at: iso(anchor.at) }, anchor.signature),
    });
    last = seq;
  }
  // With its own entry: else each head would be followed by another, for ever.
  await tx.noteAnchored(last, at);
  if (anchorChannel !== null)
    await tx.queue({
      id: noticeId(newId()),
      to: { kind: 'channel', channel: anchorChannel },
      notice: { kind: 'anchor', anchor },
      createdAt: at,
    });
  return anchor;
}
