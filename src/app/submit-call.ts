import { type AuditDraft, keptBody, type Sha256 } from '../domain/audit.ts';
import { type Call, type CallOutcome, nameOfCall } from '../domain/call.ts';
import type { Instant } from '../domain/ids.ts';
import { StoreFault, VersionConflict } from './faults.ts';
import { Overtaken } from './overtaken.ts';
import type { Calls, Clock, Store, Tx } from './ports.ts';

/** What must be on disk before a call leaves, and what is written when its outcome is known. */
export interface Intent {
  call: Call;
  /** The fields that the intent and its outcome share in the audit log; asked for after `record`. */
  audit(
    tx: Tx,
  ): Promise<Omit<AuditDraft, 'at' | 'event' | 'request' | 'response' | 'outcome' | 'durationMs'>>;
  /** Written in one transaction with the audit entry of the intent. */
  record(tx: Tx, at: Instant): Promise<void>;
  /** Written in one transaction with the audit entry of the outcome. */
  settle(tx: Tx, outcome: CallOutcome, at: Instant): Promise<void>;
}

/** A call left, and what came of it is not on disk. */
export class Unsettled extends Error {
  override readonly name = 'Unsettled';
}

/** The one door: intent on disk → one call → outcome on disk. Nothing else in this bot changes a cluster
 * (promises 1-3). Throws what `record` and the store throw before the call, and an Overtaken while the database is one from the
 * past: nothing has left. Throws Unsettled when
 * the outcome could not be written: the intent stands, and the drains' pass finds out by looking. */
export type SubmitCall = (intent: Intent) => Promise<CallOutcome>;

export function makeSubmitCall({
  store,
  calls,
  clock,
  sha256,
  onWritten,
}: {
  store: Store;
  calls: Calls;
  clock: Clock;
  sha256: Sha256;
  /** There is something new to tell. */
  onWritten(): void;
}): SubmitCall {
  return async ({ call, audit, record, settle }) => {
    const request = { call: call.type, body: calls.bodyOf(call) };
    const intendedAt = clock.now();
    await store.transact(async (tx) => {
      // Last of all guards: what the lost part of a log has sent already, nobody here knows.
      const restored = await tx.restored();
      if (restored !== null) throw new Overtaken({ code: 'database-restored', since: restored.since });
      await record(tx, intendedAt);
      await tx.append({ ...(await audit(tx)), at: intendedAt, event: 'call.intended', request });
    });
    onWritten();
    const outcome = await calls.submit(call).catch((cause: unknown) => {
      // It never throws; if it did, nobody could say that nothing was sent.
      throw new Unsettled(`${nameOfCall(call)}: not known whether it was sent`, { cause });
    });
    const at = clock.now();
    const filed = async (tx: Tx) =>
      tx.append({
        ...(await audit(tx)),
        at,
        event: `call.${outcome.kind}`,
        request: { ...request, url: outcome.url },
        ...answerIn(outcome, sha256),
        outcome: outcome.kind,
        durationMs: at - intendedAt,
      });
    const written = writing(store, async (tx) => {
      await filed(tx);
      await settle(tx, outcome, at);
    });
    await written
      // The process was held up for longer than anybody waits for an answer, and the drain is being looked after
      // already. What the master said belongs into the log all the same.
      .catch((fault: unknown) =>
        fault instanceof VersionConflict ? writing(store, filed) : Promise.reject(fault),
      )
      .catch((cause: unknown) => {
        throw new Unsettled(`${nameOfCall(call)}: ${outcome.kind}, not written`, { cause });
      });
    onWritten();
    return outcome;
  };
}

/** An answer comes once. Whoever copies the database may hold it for a while; each try waits a second for that
 * (store/connection.ts, busy_timeout). */
const triesToWrite = 5;

async function writing(store: Store, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  for (let left = triesToWrite - 1; ; left -= 1) {
    try {
      await store.transact(work);
      return;
    } catch (fault) {
      if (left === 0 || !(fault instanceof StoreFault) || fault instanceof VersionConflict) throw fault;
    }
  }
}

/** The answer as it came, and from whom; where it leaves a doubt, which. */
function answerIn(outcome: CallOutcome, sha256: Sha256): Pick<AuditDraft, 'response' | 'facts' | 'master'> {
  return {
    response: { status: outcome.httpStatus, ...keptBody(sha256, outcome.body) },
    ...(outcome.master === null ? {} : { master: outcome.master }),
    ...(outcome.kind === 'unknown' ? { facts: { why: outcome.why } } : {}),
  };
}
