import { describe, expect, it } from '@jest/globals';
import type { DrainEnd, Proof } from '../../../src/domain/drain.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import { agentId, alice, at, drain, leader, noon } from '../../support/samples.ts';
import { read } from './read.ts';

const reads = { leader, first: at(3), second: at(5) };
const nothing = { pending: 0, queued: 0, launched: 0, executors: 0, pendingOperations: 0, draining: false };
const about = { drain: drain().id, hostname: 'agent3.example', agentId, requester: alice.userId };

function drained(proof: Proof): string {
  const notice: Notice = { kind: 'drained', ...about, proof, tookSeconds: 5, tasks: 4, goneNext: false };
  return read(notice);
}

function ended(end: DrainEnd): string {
  const kept = { wasDrained: true, markGone: false, approved: null, tookOver: null };
  return read({ kind: 'ended', ...about, ...kept, end });
}

describe('what was checked before an end was told', () => {
  it('is listed with its hours, master and agent', () => {
    expect(drained({ by: 'master-and-agent', checked: { ...reads, agent: nothing } })).toContain(
      '*Checked:* DRAINED in two reads of one and the same leading master (12:00:03 UTC, 12:00:05 UTC); the agent itself: 0 pending, 0 queued and 0 launched tasks, 0 executors, 0 pending operations, no drain in progress.',
    );
  });

  it('says what could not be checked where the agent did not answer', () => {
    const proof: Proof = {
      by: 'master-only',
      agentNotAsked: 'refused',
      checked: { ...reads, silentSince: at(3) },
    };
    expect(drained(proof)).toContain(
      '*Not checked*, for the agent could not be asked since 12:00:03 UTC: its executors, its pending operations, and whether it still drains by itself.',
    );
  });

  it('names the registry of one leader for gone', () => {
    expect(ended({ kind: 'gone', goneAt: noon, checked: { leader, at: at(4) } })).toContain(
      '*Checked:* the registry of one and the same leading master, read at 12:00:04 UTC, lists this agent ID as gone since 12:00:00 UTC.',
    );
  });

  it('is left out where an older version did not write it down', () => {
    const texts = [
      drained({ by: 'master-and-agent' }),
      drained({ by: 'master-only', agentNotAsked: 'refused' }),
      ended({ kind: 'gone', goneAt: noon }),
    ];
    for (const text of texts) expect(text).not.toContain('hecked');
  });
});
