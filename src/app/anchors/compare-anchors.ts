import { type Anchor, type Found, isArchived, setbackOf, thatCount } from '../../domain/anchor.ts';
import type { ChannelId } from '../../domain/ids.ts';
import { ChatFault } from '../faults.ts';
import type { Anchors, Store } from '../ports.ts';

/** Pages of the anchor channel that are looked through, and of each channel in which questions and drains stand. */
const anchorPages = 5;
const workPages = 1;
/** Channels of our own work that are looked at beside the anchor channel, and the records that name them. */
const workChannels = 5;
const latest = 50;

export interface CompareDeps {
  store: Store;
  anchors: Anchors;
  /** Null: none is configured. */
  anchorChannel: ChannelId | null;
}

/** What comparing the log with its anchors showed. */
export interface Compared {
  found: Found | null;
  /** Why not all could be read that should be; null: it was. Nothing found means nothing then. */
  notKnown: string | null;
  /** Anchors of entries that only an archive has: nothing was said of them. */
  archived: number;
}

/** Compares the log with every anchor that Slack shows now. */
export async function compareAnchors({ store, anchors, anchorChannel }: CompareDeps): Promise<Compared> {
  const { id, acceptedUpTo } = await store.thisDatabase();
  const places = (await placesOfWork(store)).filter((channel) => channel !== anchorChannel);
  const there = await read(anchors, anchorChannel === null ? [] : [anchorChannel], anchorPages);
  // A second chance, beside it.
  const elsewhere = await read(anchors, places.slice(0, workChannels), workPages);
  const notKnown = there.unread ?? (anchorChannel === null ? elsewhere.unread : null);
  const counting = thatCount([...there.found, ...elsewhere.found], acceptedUpTo);
  const head = await store.auditHead();
  const hashes = await store.auditHashes([...new Set(counting.map(({ seq }) => seq))]);
  const own = {
    database: id,
    head: head === null ? null : { seq: head.seq, hash: head.hash },
    closedUpTo: (await store.closedFile())?.seq ?? 0,
    hashes,
  };
  const archived = counting.filter((anchor) => isArchived(own, anchor)).length;
  return { found: setbackOf(own, counting), notKnown, archived };
}

/** Side by side: each may take long to fail. `unread`: why not all of them could be read. */
async function read(
  anchors: Anchors,
  channels: ChannelId[],
  pages: number,
): Promise<{ found: Anchor[]; unread: string | null }> {
  let unread: string | null = null;
  const found = await Promise.all(
    channels.map((channel) =>
      anchors.read(channel, pages).catch((fault: unknown) => {
        if (!(fault instanceof ChatFault)) throw fault;
        unread ??= fault.message;
        return [];
      }),
    ),
  );
  return { found: found.flat(), unread };
}

async function placesOfWork(store: Store): Promise<ChannelId[]> {
  const drains = (await store.latestDrains(latest)).map(({ drain }) => drain.channel);
  const approvals = (await store.latestApprovals(latest)).map(({ channel }) => channel);
  return [...new Set([...drains, ...approvals])];
}
