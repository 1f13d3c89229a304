import type { ThreadRow } from '../../../src/app/ports.ts';
import { drainUnder } from '../../../src/domain/approval.ts';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { NearMessage } from './near-slack.ts';
import type { NearWorld } from './near-world.ts';
import { isListed, truthOf } from './truth.ts';

/** Looks at what is left when everything has been well for a while: thread = record = log = cluster. */
export function judgeAtTheEnd(world: NearWorld): string[] {
  const { reads } = world.database;
  const found: string[] = [];
  const waiting = reads.outbox();
  if (waiting.length > 0) found.push(`not told: ${waiting.map(({ notice }) => notice.kind).join(', ')}`);
  const drains = reads.latestDrains(1_000).map(({ drain }) => drain);
  for (const approval of reads.latestApprovals(1_000)) {
    const under = drainUnder(approval);
    const drain = drains.find(({ id }) => id === under);
    if (
      approval.state.status !== 'settled' &&
      !(approval.state.status === 'standing' && drain?.state.status === 'draining')
    )
      found.push(`a${approval.id} is ${approval.state.status} for ever`);
  }
  return [...found, ...judgeThreads(world), ...drains.flatMap((drain) => judgeDrain(world, drain))];
}

/** Each notice of a thread stands in it, in order and once, but for those that say that they may be a repeat. */
function judgeThreads(world: NearWorld): string[] {
  const found: string[] = [];
  const threads = world.database.threads();
  const queued = world.database.notices();
  for (const thread of threads) {
    const name = `the thread of ${thread.drain === null ? `a${thread.approval}` : `d${thread.drain}`}`;
    if (thread.ts === null) {
      found.push(`${name} has no root`);
      continue;
    }
    const replies = world.slack.messages.filter(({ threadTs }) => threadTs === thread.ts);
    const given = queued
      .filter(({ row: { to } }) => to.kind === 'reply' && to.thread === thread.id)
      .map(({ row }) => row)
      .sort((a, b) => a.seq - b.seq)
      .map(({ id }) => id);
    const told: string[] = [];
    for (const { ids, notice } of replies)
      for (const id of ids) {
        if (!told.includes(id)) told.push(id);
        else if (notice.kind !== 'maybe-repeat') found.push(`${name} tells ${id} twice`);
      }
    if (told.join() !== given.join()) found.push(`${name} tells ${told.join()} of ${given.join()}`);
    const says = world.slack.messages
      .filter((each) => replies.includes(each) || isBeside(each, thread))
      .flatMap((each) => verdictsOf(world, thread, each));
    const filed = world.database
      .audit()
      .flatMap(({ entry }) => (threadOf(world, entry) === thread.id ? verdictIn(entry) : []));
    const once = says.filter((verdict, i) => says.indexOf(verdict) === i);
    if (once.join() !== filed.join()) found.push(`${name} says "${once.join()}", filed is "${filed.join()}"`);
  }
  for (const { threadTs, ids, notice } of world.slack.messages)
    if (
      threadTs === null &&
      !threads.some(({ rootNotice }) => ids.includes(rootNotice)) &&
      notice.kind !== 'approval' &&
      notice.kind !== 'outside'
    )
      found.push(`a root that is nobody's: ${notice.kind}`);
  return found;
}

/** Where the question itself was deleted, its end is told in the channel. */
function isBeside({ threadTs, notice }: NearMessage, { approval }: ThreadRow): boolean {
  return threadTs === null && notice.kind === 'approval' && notice.about.approval === approval;
}

function flat(notice: Notice): Notice[] {
  if (notice.kind === 'several') return notice.notices.flatMap(flat);
  return notice.kind === 'maybe-repeat' ? flat(notice.notice) : [notice];
}

/** The ends that a message tells, in the words of the log; but for those of questions that were asked elsewhere. */
function verdictsOf({ database }: NearWorld, { id }: ThreadRow, { notice }: NearMessage): string[] {
  return flat(notice).flatMap((each) => {
    switch (each.kind) {
      case 'drained':
        return [`drain.drained ${each.proof.by}`];
      case 'ended':
        return isOurDoing(each.end) ? [] : [`drain.ended ${each.end.kind}`];
      case 'mark-gone':
        return each.news.news === 'ended' ? [`mark-gone.ended ${each.news.end.kind}`] : [];
      case 'reactivation':
        return each.news.news === 'ended' ? [`reactivation.ended ${each.news.end.kind}`] : [];
      case 'approval':
        return each.news.news === 'settled' && database.reads.approval(each.about.approval)?.thread === id
          ? [`approval.settled ${each.news.how.how}`]
          : [];
      default:
        return [];
    }
  });
}

/** Of what this bot brought about by another call, that work's own record tells first; the drain's own words may follow,
 * where its thread is another one. */
function isOurDoing({ kind, by }: { kind?: string; by?: unknown }): boolean {
  return by !== undefined && (kind === 'gone' || kind === 'reactivated');
}

function verdictIn({ event, outcome, facts }: AuditEntry): string[] {
  switch (event) {
    case 'drain.ended':
      return isOurDoing((facts ?? {}) as { kind?: string; by?: unknown }) ? [] : [`${event} ${outcome}`];
    case 'drain.drained':
    case 'mark-gone.ended':
    case 'reactivation.ended':
    case 'approval.settled':
      return [`${event} ${outcome}`];
    default:
      return [];
  }
}

/** Where an entry is told. */
function threadOf(
  { database }: NearWorld,
  { event, drain, agent, approval, correlation }: AuditEntry,
): string | null {
  const { reads } = database;
  if (event.startsWith('drain.')) return reads.drain(drain as never)?.drain.thread ?? null;
  if (event.startsWith('reactivation.'))
    return database.reactivations().find((each) => each.correlation === correlation)?.thread ?? null;
  if (event.startsWith('mark-gone.'))
    return reads.markGoneOf((approval?.id ?? 0) as never, (agent?.id ?? '') as never)?.thread ?? null;
  if (event.startsWith('approval.')) return reads.approval((approval?.id ?? 0) as never)?.thread ?? null;
  return null;
}

/** The record of a drain, its card, its log and the cluster say the same. */
function judgeDrain(world: NearWorld, drain: Drain): string[] {
  const found: string[] = [];
  const { cluster } = world.cluster.model;
  const { state, agentId } = drain;
  const name = `d${drain.id} (${drain.hostname})`;
  const log = world.database
    .audit()
    .map(({ entry }) => entry)
    .filter((entry) => entry.drain === drain.id);
  const count = (event: string) => log.filter((entry) => entry.event === event).length;
  if (count('drain.drained') > 1 || count('drain.ended') > 1) found.push(`${name} ended twice`);
  if ((state.status === 'ended') !== (count('drain.ended') === 1))
    found.push(`${name} is ${state.status}, and its log is not`);
  const thread = world.database.reads.thread(drain.thread);
  const root = world.slack.messages.find(({ ts }) => ts === thread?.ts);
  const card = root?.notice;
  // A deleted one can't be edited any more.
  if (root?.deleted) return found;
  if (card?.kind !== 'drain-card') found.push(`${name} has no card`);
  else if (card.card.state.status !== state.status)
    found.push(`${name} is ${state.status}, its card says ${card.card.state.status}`);
  const { master } = truthOf(cluster, agentId);
  switch (state.status) {
    case 'calling':
      found.push(`${name} is calling for ever`);
      break;
    case 'checking':
      // One that was to be marked gone, and is listed nowhere, is looked for for a week.
      if (!drain.markGone || isListed(cluster, agentId)) found.push(`${name} is checking for ever`);
      break;
    case 'draining':
      if (state.waiting?.toldAt == null)
        found.push(`${name} neither ended nor says why: ${JSON.stringify(state)}`);
      break;
    case 'drained':
      if (
        cluster.registry.gone.has(agentId) ||
        !isListed(cluster, agentId) ||
        (master !== null && master.state !== 'DRAINED')
      )
        found.push(`${name} is out of service, but not for the master: ${JSON.stringify(master)}`);
      break;
    case 'ended':
      if (state.end.kind === 'gone' && !cluster.registry.gone.has(agentId)) found.push(`${name} is not gone`);
  }
  return found;
}
