import { factsOf } from '../../domain/audit/facts.ts';
import { canonical, type Sha256 } from '../../domain/audit.ts';
import { type ChannelId, type ClusterName, correlationId, noticeId } from '../../domain/ids.ts';
import type { PolicyNews } from '../../domain/notice.ts';
import { type PolicyWords, policyInWords, wordsChanged } from '../../domain/policy/in-words.ts';
import type { Policy } from '../../domain/policy.ts';
import { StoreFault } from '../faults.ts';
import type { Clock, Log, NewId, PolicyInForce, Store, Tx } from '../ports.ts';

export interface ClusterPolicy {
  name: ClusterName;
  policy: Policy;
}

/** What the configuration says when it is read again. */
export type Reread =
  /** `restart`: settings besides the policies that say something else, by name: they count from the next start on. */
  { ok: true; clusters: readonly ClusterPolicy[]; restart: string[] } | { ok: false; problems: string[] };

/** The policies in force, one per cluster. In memory, for the file has them; the log has which one stood when. */
export interface Policies {
  of(cluster: ClusterName): PolicyInForce;
  /** Files every policy that the log does not have as its latest. */
  atStart(): Promise<void>;
  /** Takes the policies that were read, or, where that went wrong, keeps those that stand and stops what can't be undone. */
  reload(read: Reread): Promise<void>;
  /** Why the latest file could not be taken; null: it could. */
  trouble(): string | null;
}

interface KeepDeps {
  store: Store;
  clock: Clock;
  newId: NewId;
  log: Log;
  sha256: Sha256;
  opsChannel: ChannelId | null;
  onWritten(): void;
}

export function makePolicies(deps: KeepDeps, clusters: readonly ClusterPolicy[]): Policies {
  const { store, clock, newId, log, sha256, opsChannel } = deps;
  const inForce = new Map(clusters.map(({ name, policy }) => [name, policy]));
  let trouble: string | null = null;
  let turn: Promise<void> = Promise.resolve();

  const hashOf = (policy: Policy) => sha256(canonical(policy));

  /** One entry for each cluster, and one message for all of them. */
  async function file(entries: Entry[], news: PolicyNews | null): Promise<void> {
    if (entries.length === 0 && news === null) return;
    await store.transact(async (tx: Tx) => {
      const at = clock.now();
      for (const { cluster, event, outcome, ...facts } of entries)
        await tx.append({
          at,
          event,
          actor: { kind: 'bot' },
          // Each stands alone in the log: one deed, found by its cluster.
          correlation: correlationId(newId()),
          cluster,
          outcome,
          facts: factsOf(facts),
        });
      if (news !== null && opsChannel !== null)
        await tx.queue({
          id: noticeId(newId()),
          to: { kind: 'channel', channel: opsChannel },
          notice: { kind: 'ops', what: { matter: 'policy', news } },
          createdAt: at,
        });
    });
    deps.onWritten();
  }

  async function taken(read: Extract<Reread, { ok: true }>): Promise<void> {
    const entries: Entry[] = [];
    const news: Extract<PolicyNews, { what: 'changed' }> = {
      what: 'changed',
      clusters: [],
      restored: trouble !== null,
      restart: read.restart,
    };
    for (const { name, policy } of read.clusters) {
      const before = inForce.get(name);
      if (before === undefined) continue; // a cluster that is new: it begins with the next start
      const policyWords = policyInWords(policy);
      const changes = wordsChanged(policyInWords(before), policyWords);
      const [was, hash] = [hashOf(before), hashOf(policy)];
      if (was === hash && trouble === null) continue;
      if (was !== hash) news.clusters.push({ cluster: name, changes });
      const outcome = trouble === null ? 'changed' : 'restored';
      entries.push({
        event: 'policy.changed',
        cluster: name,
        outcome,
        was,
        hash,
        changes,
        policy: policyWords,
      });
    }
    const told = news.clusters.length > 0 || news.restored || news.restart.length > 0;
    // On record first: what counts from here on must stand there.
    await file(entries, told ? news : null);
    for (const { name, policy } of read.clusters) if (inForce.has(name)) inForce.set(name, policy);
    trouble = null;
    log.info(
      { changed: news.clusters.map(({ cluster }) => cluster), restart: read.restart },
      'the policy was read again',
    );
  }

  async function broken(problems: string[]): Promise<void> {
    // First: whatever becomes of the entry, nothing that can't be undone leaves from here on.
    trouble = problems.join('; ');
    log.error(
      { problems },
      'the policy can not be read: the one before stands, and nothing irreversible is done',
    );
    const entries = [...inForce].map(
      ([cluster, policy]): Entry => ({
        event: 'policy.broken',
        cluster,
        outcome: 'kept',
        hash: hashOf(policy),
        problems,
        policy: policyInWords(policy),
      }),
    );
    await file(entries, { what: 'broken', problems });
  }

  return {
    of: (cluster) => ({
      current: () => {
        const policy = inForce.get(cluster);
        if (policy === undefined) throw new TypeError(`no policy of ${cluster}`);
        return policy;
      },
      trouble: () => trouble,
    }),
    trouble: () => trouble,
    atStart: async () => {
      const entries: Entry[] = [];
      const told: Extract<PolicyNews, { what: 'changed' }>['clusters'] = [];
      for (const [cluster, policy] of inForce) {
        const last = await store.latestPolicy(cluster);
        const [hash, words] = [hashOf(policy), policyInWords(policy)];
        const restored = last?.event === 'policy.broken';
        if (last !== null && last.hash === hash && !restored) continue;
        const changes = last === null ? [] : wordsChanged(last.policy, words);
        if (last !== null && last.hash !== hash) told.push({ cluster, changes });
        entries.push({
          event: 'policy.changed',
          cluster,
          outcome: last === null ? 'first' : restored ? 'restored' : 'changed',
          was: last?.hash ?? null,
          hash,
          changes,
          policy: words,
        });
      }
      await file(
        entries,
        told.length === 0 ? null : { what: 'changed', clusters: told, restored: false, restart: [] },
      );
    },
    reload: (read) => {
      const next = turn.then(async () => {
        try {
          await (read.ok ? taken(read) : broken(read.problems));
        } catch (err) {
          if (!(err instanceof StoreFault)) throw err;
          // Nothing is changed while nothing is recorded; the next reload tries again.
          log.error({ err }, 'what the configuration says now could not be filed, and does not count');
        }
      });
      turn = next;
      return next;
    },
  };
}

type Entry = { cluster: ClusterName; outcome: string; hash: string; policy: PolicyWords[] } & (
  | { event: 'policy.changed'; was: string | null; changes: { setting: string; was: string; is: string }[] }
  | { event: 'policy.broken'; problems: string[] }
);
