import { type HeadSignature, type Signer, signedText } from './audit/signed-head.ts';
import { type ApprovalId, type DatabaseId, type DrainId, type Instant, iso } from './ids.ts';
import type { Head } from './verify.ts';

/** The last numbers given by some time: `d17`, `a9` and `p3` are 17, 9 and 3; 0: none of that kind. */
export interface Numbers {
  drains: number;
  approvals: number;
  plans: number;
}

/** A head of the audit log, kept where the database can't be set back with it: in a message of ours. */
export interface Anchor extends Head, Numbers {
  database: DatabaseId;
  /** The time of that entry. */
  at: Instant;
  /** Left out: it is not signed. */
  signature?: HeadSignature | undefined;
}

/** The anchor as it goes out. `signer` null: the bot has no key. */
export function signedBy(signer: Signer | null, anchor: Anchor): Anchor {
  if (signer === null) return anchor;
  const value = signer.sign(signedText({ ...anchor, at: iso(anchor.at) }));
  return { ...anchor, signature: { key: signer.key, value } };
}

/** How this database lacks what an anchor knows. `behind`: its log ends before; `other-history`: another entry has that
 * number; `another-database`: the anchor is of another one, and this one is empty or not the bot's last. */
export type Setback = 'behind' | 'other-history' | 'another-database';

/** A database from the past, or in place of another one. */
export interface Found {
  how: Setback;
  /** The newest anchor that it lacks. */
  anchor: Anchor;
  /** Its own end when that was found; null: it had no entry. */
  head: Head | null;
  /** The highest numbers that the lost part is known to have given. */
  numbers: Numbers;
}

/** A database that was set back, until somebody accepts that. */
export interface Restored extends Found {
  since: Instant;
  /** The questions that became void by it. */
  voided: ApprovalId[];
  /** The drains that are only watched. */
  watched: DrainId[];
  /** Old messages that were not sent any more. */
  unsent: number;
}

/** What this database has to hold against anchors. */
export interface OwnLog {
  database: DatabaseId;
  head: Head | null;
  /** The last entry of the closed file that this one goes on from; 0: it begins at the first. */
  closedUpTo: number;
  /** The hashes that it has at the numbers of the anchors, by number. */
  hashes: ReadonlyMap<number, string>;
}

/** The anchors that still count: those of a chain whose loss was accepted do not. `upTo` null: none was. */
export function thatCount(anchors: Anchor[], upTo: Instant | null): Anchor[] {
  return upTo === null ? anchors : anchors.filter(({ at }) => at > upTo);
}

/** What the log lacks of what it once told others; null: nothing. Every anchor counts, not only the newest: a database
 * from the past that ran unnoticed for a while has newer ones of its own. */
export function setbackOf(own: OwnLog, anchors: Anchor[]): Found | null {
  const lacking = anchors.filter((anchor) => setbackBy(own, anchor) !== null).sort(byAge);
  const anchor = lacking.at(-1);
  const how = anchor === undefined ? null : setbackBy(own, anchor);
  if (anchor === undefined || how === null) return null;
  const highest = (of: keyof Numbers) => Math.max(...lacking.map((each) => each[of]));
  return {
    how,
    anchor,
    head: own.head,
    numbers: { drains: highest('drains'), approvals: highest('approvals'), plans: highest('plans') },
  };
}

/** The state with what was found of it later: an anchor that is newer, numbers that are higher. */
export function withMore(restored: Restored, found: Found): Restored {
  const newer = byAge(restored.anchor, found.anchor) < 0;
  return {
    ...restored,
    ...(newer ? { how: found.how, anchor: found.anchor } : {}),
    numbers: {
      drains: Math.max(restored.numbers.drains, found.numbers.drains),
      approvals: Math.max(restored.numbers.approvals, found.numbers.approvals),
      plans: Math.max(restored.numbers.plans, found.numbers.plans),
    },
  };
}

/** Up to when anchors stop counting with an acceptance now; the lost bot's clock may have been ahead of ours. */
export function acceptedUpTo({ anchor }: Restored, now: Instant): Instant {
  return now > anchor.at ? now : anchor.at;
}

/** Whether an anchor is of an entry that only an archive has. What it says of that stands under the later ones all the same:
 * each hash covers all before it, and `verify` over both files takes it. */
export function isArchived({ database, closedUpTo, hashes }: OwnLog, anchor: Anchor): boolean {
  return anchor.database === database && anchor.seq <= closedUpTo && !hashes.has(anchor.seq);
}

function setbackBy(own: OwnLog, anchor: Anchor): Setback | null {
  const { database, head, hashes } = own;
  if (anchor.database !== database) return 'another-database';
  if (isArchived(own, anchor)) return null;
  if (anchor.seq > (head?.seq ?? 0)) return 'behind';
  return hashes.get(anchor.seq) === anchor.hash ? null : 'other-history';
}

function byAge(a: Anchor, b: Anchor): number {
  return a.at - b.at || a.seq - b.seq;
}
