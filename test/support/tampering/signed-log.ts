import { sendHead } from '../../../src/app/anchors/send-head.ts';
import type { Signer } from '../../../src/domain/audit/signed-head.ts';
import type { AuditDraft } from '../../../src/domain/audit.ts';
import { after } from '../../../src/domain/ids.ts';
import { openStore } from '../../../src/store/open.ts';
import { sha256 } from '../../../src/store/sha256.ts';
import { noon } from '../../store/noon.ts';
import { cluster, draft } from '../../store/samples.ts';

/** After these entries the head is signed: 6 and 12 hold the signatures. */
const signedAfter = [5, 11];

const drafts: Partial<AuditDraft>[] = [
  { event: 'bot.started', actor: { kind: 'bot' } },
  { reason: 'disk \ufffd dying' },
  { event: 'call.intended', request: { call: 'DRAIN_AGENT', body: '{"a":1.0}' }, drain: 17 },
  { event: 'call.accepted', response: { status: 200, body: '', bodySha256: '', bodyBytes: 0 } },
  { event: 'approval.vote', facts: { user: 'U0BOB', mark: 'approve', n: -0.5 } },
  { actor: { kind: 'outside' } },
  { reason: 'naïve 🛠 \u0000 \\ "quoted"' },
  { event: 'drain.drained', drain: 17, durationMs: 1e9 },
  { event: 'command.refused', decision: 'not-operator' },
  { actor: { kind: 'os-user', name: 'olga', host: 'bot-1' } },
  { event: 'drain.ended', drain: 17, outcome: 'drained' },
  { event: 'bot.stopped', actor: { kind: 'bot' } },
];

/** Fourteen entries as the bot writes them, two of them signatures of heads. */
export async function signedLog(path: string, signer: Signer): Promise<void> {
  const clock = { now: () => noon, after: () => () => {} };
  const newId = () => 'db-1';
  const clean = (text: string) => text;
  const store = await openStore({ path, clock, newId, sha256, clean, owner: 'test' });
  let seq = 0;
  for (const [n, each] of drafts.entries()) {
    const at = after(noon, n * 1000);
    ({ seq } = await store.transact((tx) => tx.append(draft({ at, ...each }))));
    if (signedAfter.includes(seq))
      await store.transact((tx) =>
        sendHead(tx, { newId, clusters: [{ name: cluster }], anchorChannel: null, signer }, at),
      );
  }
  await store.close();
}
