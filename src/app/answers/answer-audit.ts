import { auditWords } from '../../commands/audit-words.ts';
import type { CommandDeed } from '../../domain/audit/deed.ts';
import { deedOf, forShow } from '../../domain/audit/deed-of.ts';
import type { AuditCommand } from '../../domain/command.ts';
import {
  type ApprovalId,
  type ClusterName,
  type DrainId,
  drainId,
  type Instant,
  type PlanId,
  showApprovalId,
  showDrainId,
  showPlanId,
  type ThreadId,
} from '../../domain/ids.ts';
import type { DeedLine, Notice, OpenLine } from '../../domain/notice.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { elsewhere } from '../../domain/which-cluster.ts';
import { ourOpenWork } from '../agents/our-open-work.ts';
import { findPlan } from '../plans/find-plan.ts';
import type { DeedEntries, Store } from '../ports.ts';
import { auditFilterOf } from './audit-filter.ts';
import { exportAudit } from './export-audit.ts';
import { noSuchApproval, noSuchDrain } from './status.ts';
import { linkTo } from './with-link.ts';

/** The most that one message shows; of an agent's, what answers who, and why. */
const page = { deeds: 10, ofAgent: 4, entries: 80 };

interface AuditDeps {
  store: Store;
  /** Those whose agents can be meant. */
  clusters: readonly ClusterName[];
}

/** `audit`: the deeds that pass, an agent's with what is under way on it, or the story of one drain, question or plan. */
export async function answerAudit(
  { store, clusters }: AuditDeps,
  command: AuditCommand,
  /** Only what concerns this one; null: all of the log. */
  only: ClusterName | null,
  now: Instant,
): Promise<Result<Notice>> {
  const { about } = command;
  if (about !== null && 'drain' in about) return storyOfDrain(store, command, only, about.drain);
  if (about !== null && 'approval' in about) return storyOfApproval(store, command, only, about.approval);
  if (about !== null && 'plan' in about) return storyOfPlan(store, command, only, about.plan);
  if (command.exportAs !== null)
    return exportAudit({ store, clusters }, command, only, command.exportAs, now);
  const found = await auditFilterOf({ store, clusters }, command, only, now);
  if (!found.ok) return found;
  const filter = found.value;
  const { before } = command;
  const limit = about === null ? page.deeds : page.ofAgent;
  const { deeds, older } = await store.auditDeeds(filter, { before, limit });
  return ok({
    kind: 'audit-deeds',
    deeds: await Promise.all(deeds.map((each) => lineOf(store, each))),
    filter,
    who: filter.agent === null || about === null ? null : await whoIs({ store, clusters }, filter.agent),
    words: auditWords(command, only),
    isFirst: before === null,
    older,
    archive: older ? null : await archiveOf(store),
  });
}

async function lineOf(store: Store, { place, entries, sequels }: DeedEntries): Promise<DeedLine> {
  const deed = deedOf(entries, sequels);
  const drain = deed.kind === 'command' ? deed.parts[0]?.drain : deed.entry.drain;
  const told = deed.kind === 'command' ? deed.thread : deed.entry.place?.thread;
  const stored = told || drain === undefined || drain === null ? null : await store.drain(drainId(drain));
  return { place, deed, permalink: told || (await linkTo(store, stored?.drain ?? null)) };
}

async function storyOfDrain(store: Store, command: AuditCommand, only: ClusterName | null, id: DrainId) {
  const stored = await store.drain(id);
  if (stored === null) return noSuchDrain(store, id);
  const { cluster } = stored.drain;
  if (only !== null && cluster !== only) return refuse(elsewhere(showDrainId(id), cluster, only));
  return storyOf(store, command, only, { ...stored.drain, drain: id });
}

async function storyOfApproval(
  store: Store,
  command: AuditCommand,
  only: ClusterName | null,
  id: ApprovalId,
) {
  const approval = await store.approval(id);
  if (approval === null) return noSuchApproval(store, id);
  const { cluster } = approval;
  if (only !== null && cluster !== only) return refuse(elsewhere(showApprovalId(id), cluster, only));
  return storyOf(store, command, only, { ...approval, drain: null });
}

async function storyOfPlan(
  store: Store,
  command: AuditCommand,
  only: ClusterName | null,
  id: PlanId,
): Promise<Result<Notice>> {
  const found = await findPlan(store, id);
  if (!found.ok) return found;
  const { cluster } = found.value;
  if (only !== null && cluster !== only) return refuse(elsewhere(showPlanId(id), cluster, only));
  return storyOf(store, command, only, { ...found.value, drain: null });
}

async function storyOf(
  store: Store,
  command: AuditCommand,
  only: ClusterName | null,
  work: { thread: ThreadId } & Parameters<Store['auditStory']>[0],
): Promise<Result<Notice>> {
  const after = command.after ?? 0;
  const { correlation, drain } = work;
  const { entries, later } = await store.auditStory({ correlation, drain }, { after, limit: page.entries });
  const whole = await store.auditEntries(correlation);
  const deed = whole.length === 0 ? null : asked(deedOf(whole));
  return ok({
    kind: 'audit-story',
    about:
      command.about !== null && !('who' in command.about) && !('anchor' in command.about)
        ? command.about
        : null,
    deed,
    entries: entries.map(forShow),
    permalink: await linkTo(store, work),
    words: auditWords(command, only),
    isFirst: command.after === null,
    later,
    archive: deed !== null ? null : await archiveOf(store),
  });
}

/** The closed file that the log goes on from; null: there is none. */
async function archiveOf(store: Store): Promise<string | null> {
  return (await store.closedFile())?.file ?? null;
}

function asked(deed: ReturnType<typeof deedOf>): CommandDeed | null {
  return deed.kind === 'command' ? deed : null;
}

/** The agent by the name that the log knows it by, and our work on it that is not finished. */
async function whoIs(
  { store, clusters }: AuditDeps,
  name: string,
): Promise<{ hostname: string; open: OpenLine[] }> {
  const work = (await Promise.all(clusters.map((cluster) => ourOpenWork(store, cluster)))).flat();
  const isIt = ({ agentId, hostname }: { agentId: string; hostname: string }) =>
    agentId === name || hostname.toLowerCase() === name.toLowerCase();
  const open = work
    .filter(isIt)
    .map(async (each) => ({ work: each.kind, permalink: await linkTo(store, each) }));
  const known = (await Promise.all(clusters.map((cluster) => store.directory(cluster)))).flat().find(isIt);
  return { hostname: known?.hostname ?? name, open: await Promise.all(open) };
}
