import { describe, expect, it } from '@jest/globals';
import type { DrainEnd, Gap, Proof } from '../../../src/domain/drain.ts';
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

function ended(end: DrainEnd, gap?: Gap): string {
  const kept = { wasDrained: true, markGone: false, approved: null, tookOver: null };
  return read({ kind: 'ended', ...about, ...kept, end, ...(gap === undefined ? {} : { gap }) });
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

describe('what came about while nobody looked', () => {
  const gap = { from: at(1), to: at(3_600) };
  const span = 'nobody looked from 2026-11-22 12:00 UTC to 2026-11-22 13:00 UTC';

  it('is not said to have taken a time', () => {
    const proof: Proof = { by: 'master-and-agent' };
    const about = { drain: drain().id, hostname: 'agent3.example', agentId, requester: alice.userId };
    const text = read({
      kind: 'drained',
      ...about,
      proof,
      tookSeconds: 3_601,
      tasks: 4,
      goneNext: false,
      gap,
    });
    expect(text).toContain(`How long it took for 4 tasks is not known: ${span}.`);
    expect(text).not.toContain('It took');
  });

  it('is said to have come about unseen', () => {
    expect(ended({ kind: 'reactivated' }, gap)).toContain(`It came about unseen: ${span}.`);
    expect(ended({ kind: 'reactivated' })).not.toContain('unseen');
  });
});
