import type { AuditCommand } from '../../domain/command.ts';
import type { ClusterName, Instant } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import { soleCluster } from '../cluster.ts';
import { auditOfCommand, queueAnswer } from '../commands/record.ts';
import type { Clock, InboxCommand, NewId, Store } from '../ports.ts';
import type { Anchoring } from './anchoring.ts';

export interface AskAnchorDeps {
  store: Store;
  clusters: readonly { name: ClusterName }[];
  clock: Clock;
  newId: NewId;
  anchoring: Pick<Anchoring, 'readiness' | 'send'>;
}

/** `audit anchor`: the head of the log goes to the anchor channel now, and whoever asked gets it too. It covers the entry
 * about this very command. */
export async function askAnchor(
  deps: AskAnchorDeps,
  asked: AuditCommand,
  typed: InboxCommand,
  startedAt: Instant,
): Promise<Result<'settled'>> {
  const { store, clock, anchoring } = deps;
  const ready = anchoring.readiness();
  if (!ready.ok) return ready;
  await store.transact(async (tx) => {
    const at = clock.now();
    await tx.settleCommand(typed.id, 'done');
    await tx.append({
      ...auditOfCommand(typed, asked),
      ...soleCluster(deps.clusters),
      at,
      event: 'command.answered',
      decision: 'answered',
      durationMs: at - startedAt,
    });
    const anchor = await anchoring.send(tx, at);
    if (anchor === null) throw new Error('there is no head, right after an entry was appended');
    await queueAnswer(tx, typed, { kind: 'anchored', anchor, channel: ready.value }, deps);
  });
  return ok('settled');
}
