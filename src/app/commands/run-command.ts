import { parseCommand } from '../../commands/parse.ts';
import { factsOf } from '../../domain/audit/facts.ts';
import { refusalInLog } from '../../domain/audit/refusal-in-log.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import type { Asked, Command } from '../../domain/command.ts';
import { incidentId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { refuse } from '../../domain/refusal.ts';
import { queuePreviewFile } from '../agents/queue-preview-file.ts';
import { queueExport } from '../answers/export-audit.ts';
import { type Cluster, soleCluster } from '../cluster.ts';
import { ChatFault } from '../faults.ts';
import { logFault } from '../outage.ts';
import type { Clock, InboxCommand, Log, NewId, Tx } from '../ports.ts';
import { aboutAnswer, aboutRefusal } from './about.ts';
import { type AboutBotDeps, runAboutBot } from './about-bot.ts';
import { chooseCluster, clusterMeant, isAboutBot } from './choose-cluster.ts';
import { type Ending, type InClusterDeps, runInCluster } from './in-cluster.ts';
import type { RateLimit } from './rate-limit.ts';
import { auditOfCommand, queueAnswer } from './record.ts';

/** A command that waited longer than this is not run: the world it was typed for is gone (promise 3). */
export const staleAfterMs = 60_000;

export interface RunDeps extends Omit<InClusterDeps, keyof Cluster>, AboutBotDeps {
  clock: Clock;
  newId: NewId;
  log: Log;
  rateLimit: RateLimit;
  clusters: readonly Cluster[];
}

/** Runs one committed command to its end. What it did is written in one transaction with the row's settling, so
 * that a crash leaves it to be run again, or done. Never throws but what the store throws. */
export async function runCommand(deps: RunDeps, typed: InboxCommand): Promise<void> {
  const { store, clock, log, clusters } = deps;
  const startedAt = clock.now();
  /** The cluster that the command turned out to be for. */
  let where = soleCluster(clusters);
  let told = typed;
  const wait = deps.rateLimit.check(typed.user, startedAt);
  if (wait !== null) {
    // The excess is one counted entry (rate-limit.ts), so that a flood can't drown the log.
    const refusal = { code: 'too-many-commands' as const, retryAfterSeconds: Math.ceil(wait / 1000) };
    return settle('refused', { kind: 'refused', refusal, typed: typed.text }, null);
  }
  if (startedAt > typed.receivedAt + staleAfterMs) {
    const afterSeconds = Math.round((startedAt - typed.receivedAt) / 1000);
    const notice: Notice = {
      kind: 'refused',
      refusal: { code: 'picked-up-late', afterSeconds },
      typed: typed.text,
    };
    return settle('late', notice, entry('command.late', null, { outcome: 'not-run' }));
  }
  const parsed = parseCommand(typed.text, { now: startedAt });
  const command = parsed.ok ? parsed.value.command : null;
  try {
    const ending: Ending = parsed.ok ? await carryOut(parsed.value) : parsed;
    if (!ending.ok) {
      const notice: Notice = { kind: 'refused', refusal: ending.refusal, typed: typed.text };
      const facts = factsOf(refusalInLog(ending.refusal));
      return await settle(
        'refused',
        notice,
        entry('command.refused', command, {
          ...aboutRefusal(ending.refusal),
          decision: ending.refusal.code,
          facts,
        }),
      );
    }
    if (ending.value === 'settled') return;
    const about = aboutAnswer(ending.value);
    const answered = entry('command.answered', command, { ...about, decision: 'answered' });
    return await settle('done', ending.value, answered);
  } catch (fault) {
    const incident = incidentId(deps.newId());
    logFault(log, fault, { incident, correlation: typed.correlation }, 'a command failed');
    // The door settles its command before the call leaves; whoever gets here has sent nothing.
    const notice: Notice = { kind: 'fault', incident, sent: 'no' };
    return settle(
      'failed',
      notice,
      entry('command.failed', command, { outcome: 'nothing-sent', facts: { incident } }),
    );
  }

  async function carryOut({ command, cluster: named }: Asked): Promise<Ending> {
    try {
      if (isAboutBot(command)) {
        const meant = clusterMeant(clusters, named);
        return meant.ok ? await runAboutBot(deps, command, meant.value, typed, startedAt) : meant;
      }
      const chosen = await chooseCluster(store, clusters, { command, cluster: named }, typed);
      if (!chosen.ok) return chosen;
      where = { cluster: chosen.value.name };
      if (clusters.length > 1) told = { ...typed, onCluster: chosen.value.name };
      return await runInCluster({ ...deps, ...chosen.value }, command, told, clock.now());
    } catch (fault) {
      if (!(fault instanceof ChatFault)) throw fault;
      return refuse({ code: 'person-unknown', why: fault.message });
    }
  }

  function entry(
    event: AuditDraft['event'],
    parsed: Command | null,
    more: Pick<AuditDraft, 'agent' | 'cluster' | 'drain' | 'decision' | 'outcome' | 'facts'>,
  ): AuditDraft {
    const at = clock.now();
    return {
      ...auditOfCommand(typed, parsed),
      ...where,
      ...more,
      at,
      event,
      durationMs: at - startedAt,
    };
  }

  /** What a preview cuts, and what was asked for as a file, the typist gets as one. */
  async function withFile(tx: Tx, answer: Notice): Promise<Notice> {
    if (answer.kind === 'audit-exporting') await queueExport(tx, answer, typed, clock.now(), deps);
    if (answer.kind !== 'preview') return answer;
    const to = { kind: 'person' as const, user: typed.user };
    return { ...answer, file: await queuePreviewFile(tx, answer.preview, to, clock.now(), deps) };
  }

  async function settle(
    as: 'done' | 'refused' | 'failed' | 'late',
    answer: Notice,
    draft: AuditDraft | null,
  ) {
    await store.transact(async (tx) => {
      await tx.settleCommand(typed.id, as);
      if (draft !== null) await tx.append(draft);
      await queueAnswer(tx, told, await withFile(tx, answer), deps);
    });
  }
}
