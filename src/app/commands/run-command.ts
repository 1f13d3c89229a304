import { parseCommand } from '../../commands/parse.ts';
import { factsOf } from '../../domain/audit/facts.ts';
import { refusalInLog } from '../../domain/audit/refusal-in-log.ts';
import type { AuditDraft } from '../../domain/audit.ts';
import { asksAnchor, type ChangingCommand, type Command, riskOf } from '../../domain/command.ts';
import { incidentId } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import type { PersonFacts } from '../../domain/person.ts';
import type { Entitled } from '../../domain/policy.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { onlyTarget } from '../../domain/targets.ts';
import { queuePreviewFile } from '../agents/queue-preview-file.ts';
import { type AskAnchorDeps, askAnchor } from '../anchors/ask-anchor.ts';
import { answerRead, type ReadDeps, severalLater } from '../answers/answer-read.ts';
import { queueExport } from '../answers/export-audit.ts';
import { askApproval } from '../approvals/asking/ask-approval.ts';
import { type CancelDeps, cancel } from '../approvals/cancel.ts';
import { authorise } from '../authorise.ts';
import { closeDrain } from '../drains/close-drain.ts';
import { hastenDrain } from '../drains/hasten-drain.ts';
import { openDeactivation } from '../drains/open-deactivation.ts';
import { type DrainDeps, openDrain } from '../drains/open-drain.ts';
import { ChatFault, MasterFault } from '../faults.ts';
import { logFault } from '../outage.ts';
import { confirmPlan } from '../plans/confirm-plan.ts';
import type { Clock, InboxCommand, Log, NewId, Tx } from '../ports.ts';
import { openReactivation } from '../reactivations/open-reactivation.ts';
import { aboutAnswer, aboutRefusal } from './about.ts';
import type { RateLimit } from './rate-limit.ts';
import { auditOfCommand, queueAnswer } from './record.ts';

/** A command that waited longer than this is not run: the world it was typed for is gone (promise 3). */
export const staleAfterMs = 60_000;

export interface RunDeps extends ReadDeps, DrainDeps, CancelDeps, AskAnchorDeps {
  clock: Clock;
  newId: NewId;
  log: Log;
  rateLimit: RateLimit;
}

/** How a command ended: with an answer for the typist, or settled already, in a transaction of its own. */
type Ending = Result<Notice | 'settled'>;

/** Runs one committed command to its end. What it did is written in one transaction with the row's settling, so
 * that a crash leaves it to be run again, or done. Never throws but what the store throws. */
export async function runCommand(deps: RunDeps, typed: InboxCommand): Promise<void> {
  const { store, clock, log } = deps;
  const startedAt = clock.now();
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
  const command = parsed.ok ? parsed.value : null;
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

  async function carryOut(asked: Command): Promise<Ending> {
    const allowed =
      asked.verb === 'help' || asked.verb === 'whoami'
        ? ok(null)
        : await authorise(deps.people, deps.policy.current(), typed, riskOf(asked), othersWhoMay(asked));
    if (!allowed.ok) return allowed;
    const now = clock.now();
    try {
      switch (asked.verb) {
        case 'help':
        case 'agents':
        case 'status':
        case 'preview':
        case 'whoami':
          return await answerRead(deps, asked, typed, now);
        case 'audit':
          if (!asksAnchor(asked)) return await answerRead(deps, asked, typed, now);
          break;
        case 'drain':
          if (asked.dryRun) return await answerRead(deps, asked, typed, now);
          break;
        case 'deactivate':
        case 'reactivate':
        case 'mark-gone':
        case 'cancel':
        case 'confirm':
        case 'hasten':
        case 'close':
        case 'maintenance schedule':
        case 'maintenance clear':
        case 'maintenance start':
        case 'maintenance stop':
          break;
      }
      if (allowed.value === null) return refuse({ code: 'person-unknown', why: 'Slack was not asked' });
      const { restored } = await deps.store.thisDatabase();
      if (restored !== null) return refuse({ code: 'database-restored', since: restored.since });
      if (asked.verb === 'audit') return await askAnchor(deps, asked, typed, startedAt);
      return await change(asked, { ...typed, userName: allowed.value.name }, allowed.value);
    } catch (fault) {
      if (fault instanceof MasterFault)
        return refuse({ code: 'master-unreadable', cluster: deps.master.cluster, why: fault.message });
      if (fault instanceof ChatFault) return refuse({ code: 'person-unknown', why: fault.message });
      throw fault;
    }
  }

  async function change(asked: ChangingCommand, by: InboxCommand, person: PersonFacts): Promise<Ending> {
    const target = 'targets' in asked ? onlyTarget(asked.targets) : null;
    switch (asked.verb) {
      case 'drain': {
        if (target === null) return refuse(severalLater(typed));
        const begun = await openDrain(deps, asked, target, by);
        if (!begun.ok) return begun;
        if (begun.value === 'settled') return ok('settled');
        if ('answer' in begun.value) return ok(begun.value.answer);
        return askApproval(deps, asked, target, begun.value.ask, by, person);
      }
      case 'mark-gone':
        return askApproval(deps, asked, asked.target, { kind: 'mark-gone', now: asked.now }, by, person);
      case 'deactivate':
        if (target === null) return refuse(severalLater(typed));
        return openDeactivation(deps, asked, target, by);
      case 'reactivate':
        if (target === null) return refuse(severalLater(typed));
        return openReactivation(deps, asked, target, by);
      case 'confirm':
        return confirmPlan(deps, asked, by);
      case 'cancel':
        return cancel(deps, asked, by);
      case 'hasten':
        return hastenDrain(deps, asked, by);
      case 'close':
        return closeDrain(deps, asked, by);
      case 'maintenance schedule':
      case 'maintenance clear':
      case 'maintenance start':
      case 'maintenance stop':
        throw new TypeError(`${asked.verb}: not carried out yet`);
    }
  }

  /** Whoever may approve may also take back, and keep a head of the log. */
  function othersWhoMay(asked: Command): Entitled {
    return asked.verb === 'cancel' || asked.verb === 'audit'
      ? deps.policy.current().approvers
      : { users: [], groups: [] };
  }

  function entry(
    event: AuditDraft['event'],
    parsed: Command | null,
    more: Pick<AuditDraft, 'agent' | 'drain' | 'decision' | 'outcome' | 'facts'>,
  ): AuditDraft {
    const at = clock.now();
    return {
      ...auditOfCommand(typed, parsed),
      cluster: deps.master.cluster,
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
      await queueAnswer(tx, typed, await withFile(tx, answer), deps);
    });
  }
}
