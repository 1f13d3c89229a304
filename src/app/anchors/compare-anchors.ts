import { type Found, setbackOf, thatCount } from '../../domain/anchor.ts';
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
}

/** Compares the log with every anchor that Slack shows now. */
export async function compareAnchors({ store, anchors, anchorChannel }: CompareDeps): Promise<Compared> {
  const { id, acceptedUpTo } = await store.thisDatabase();
  const places = (await placesOfWork(store)).filter((channel) => channel !== anchorChannel);
  const read = [];
  let notKnown: string | null = null;
  for (const channel of [anchorChannel, ...places.slice(0, workChannels)]) {
    if (channel === null) continue;
    try {
      read.push(...(await anchors.read(channel, channel === anchorChannel ? anchorPages : workPages)));
    } catch (fault) {
      if (!(fault instanceof ChatFault)) throw fault;
      // Beside the anchor channel the others are a second chance.
      if (channel === anchorChannel || anchorChannel === null) notKnown ??= fault.message;
    }
  }
  const counting = thatCount(read, acceptedUpTo);
  const head = await store.auditHead();
  const hashes = await store.auditHashes([...new Set(counting.map(({ seq }) => seq))]);
  const own = { database: id, head: head === null ? null : { seq: head.seq, hash: head.hash }, hashes };
  return { found: setbackOf(own, counting), notKnown };
}

async function placesOfWork(store: Store): Promise<ChannelId[]> {
  const drains = (await store.latestDrains(latest)).map(({ drain }) => drain.channel);
  const approvals = (await store.latestApprovals(latest)).map(({ channel }) => channel);
  return [...new Set([...drains, ...approvals])];
}
