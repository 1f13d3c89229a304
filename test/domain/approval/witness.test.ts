import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { wordOf } from '../../../src/domain/approval/witness.ts';
import {
  absent,
  agent,
  at,
  drained,
  draining,
  leader,
  notRead,
  otherLeader,
  shows,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

function since(startedAt: ReturnType<typeof at> | null, by = leader): MasterSighting {
  return { kind: 'registered', leader: by, agent: agent({ drain: draining, drainStartedAt: startedAt }) };
}

describe('by what a drain at the master is known again', () => {
  it.each<[string, MasterSighting, unknown]>([
    ['its leader and its start', since(at(5)), { leader, startedAt: at(5) }],
    ['another leader', since(at(5), otherLeader), { leader: otherLeader, startedAt: at(5) }],
    ['a start that a failover lost', since(null), { leader, startedAt: null }],
    ['DRAINED as well', shows(drained), { leader, startedAt: null }],
    ['no drain', shows(null), null],
    // Its drain shows, but not when it began.
    ['an agent that is away', unreachable(), null],
    ['recovered', { kind: 'recovered', leader }, null],
    ['gone', { kind: 'gone', leader, at: at(1) }, null],
    ['absent', absent(), null],
    ['unexplained', unexplained, null],
    ['not read', notRead, null],
  ])('%s', (_, seen, word) => {
    expect(wordOf(seen)).toEqual(word);
  });
});
