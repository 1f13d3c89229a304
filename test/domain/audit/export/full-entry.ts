import type { LoggedEntry } from '../../../../src/domain/audit/export/fields.ts';
import type { AuditEntry } from '../../../../src/domain/audit.ts';
import { canonical, chainHash, genesis } from '../../../../src/domain/audit.ts';
import { sha256 } from '../../../../src/store/sha256.ts';

type Full = Required<AuditEntry> & {
  command: Required<NonNullable<AuditEntry['command']>>;
  place: Required<NonNullable<AuditEntry['place']>>;
  request: Required<NonNullable<AuditEntry['request']>>;
};

/** An entry with everything that one can have, which no real one has; a new field that it lacks does not compile. */
export const full: Full = {
  v: 1,
  seq: 412,
  at: '2026-03-01T12:05:00.250Z',
  event: 'call.accepted',
  actor: { kind: 'person', user: 'U0ALICE00', team: 'T0HOME00', name: 'alice' },
  correlation: 'c-2',
  cluster: 'prod',
  master: 'master-1',
  agent: { id: '3669f2a1-S12', hostname: 'agent3.example' },
  drain: 17,
  plan: 3,
  machines: [{ hostname: 'agent3.example', ip: '10.0.0.3' }],
  approval: {
    id: 9,
    by: [
      { user: 'U0BOB0000', team: 'T0HOME00', name: 'bob' },
      { user: 'U0CAROL00', team: 'T0HOME00', name: 'carol' },
    ],
  },
  command: { typed: 'drain agent3 --mark-gone', via: 'button', parsed: { verb: 'drain', markGone: true } },
  place: { channel: 'C0OPS', thread: 'https://example.slack.com/archives/C0OPS/p1' },
  reason: 'disk "dying", slowly',
  request: {
    call: 'DRAIN_AGENT',
    body: '{"type":"DRAIN_AGENT"}',
    url: 'https://master1.example:5050/api/v1',
  },
  response: { status: 202, body: 'taken', bodySha256: 'ab12', bodyBytes: 5 },
  decision: 'allowed',
  outcome: 'accepted',
  durationMs: 1250,
  facts: { left: 3, why: ['a', 'b'] },
};

/** An entry as it is read: beside its text and its hash. */
export function logged(entry: AuditEntry): LoggedEntry {
  const text = canonical(entry);
  return { row: { seq: entry.seq, text, hash: chainHash(sha256, genesis, text) }, entry };
}

/** The least that an entry has. */
export function least(over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    v: 1,
    seq: 1,
    at: '2026-03-01T12:00:00.000Z',
    event: 'bot.started',
    actor: { kind: 'bot' },
    correlation: 'c-1',
    ...over,
  };
}
