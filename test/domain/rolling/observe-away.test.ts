import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { observeAway } from '../../../src/domain/rolling/observe-away.ts';
import type { KeepingAway, RollingLineState } from '../../../src/domain/rolling.ts';
import * as s from '../../support/rolling-samples.ts';
import {
  absent,
  agent,
  at,
  draining,
  leader,
  notRead,
  otherLeader,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

const registered = (deactivated: boolean, by = leader): MasterSighting => ({
  kind: 'registered',
  leader: by,
  agent: agent({ drain: null, deactivated, active: !deactivated }),
});
const drained: MasterSighting = { kind: 'registered', leader, agent: agent({ drain: draining }) };
const gone: MasterSighting = { kind: 'gone', leader, at: at(5) };
const recovered: MasterSighting = { kind: 'recovered', leader };

const deactivating = (call: KeepingAway): RollingLineState => ({ is: 'deactivating', call });
const checking = deactivating({ at: 'checking', intendedAt: at(1), why: 'timeout', noEffect: null });
const unseenOnce = deactivating({
  at: 'checking',
  intendedAt: at(1),
  why: 'timeout',
  noEffect: { leader, at: at(62) },
});
const confirming = deactivating({ at: 'confirming', acceptedAt: at(2), amiss: null });
const amissOnce = deactivating({ at: 'confirming', acceptedAt: at(2), amiss: { leader, at: at(98) } });
const awayOnce: RollingLineState = {
  is: 'kept-away',
  since: at(2),
  ours: true,
  amiss: { leader, at: at(98) },
  leftOut: null,
};

/** In short: what the line is at then, and why; null: as it was. */
function judged(state: RollingLineState, seen: MasterSighting, begun = 100, seenAt = 101): string | null {
  const to = observeAway({ state }, { begun: at(begun), at: at(seenAt), seen });
  if (to === null) return null;
  if (to.is === 'failed') return `failed ${to.why.code}`;
  if (to.is === 'deactivating') return to.call.at === 'checking' ? 'no effect once' : 'amiss once';
  if (to.is === 'kept-away') return to.amiss === null ? `kept away, ours ${to.ours}` : 'amiss once';
  return to.is;
}

describe('a look at an agent that a plan keeps away', () => {
  it.each<[string, RollingLineState, MasterSighting, string | null]>([
    ['calling, deactivated: the door writes the next state', s.calling, registered(true), null],
    ['checking, deactivated', checking, registered(true), 'kept away, ours true'],
    ['checking, deactivated and unreachable', checking, unreachable({ drain: null }), 'kept away, ours true'],
    ['checking, in service, late', checking, registered(false), 'no effect once'],
    ['checking, in service for the second time', unseenOnce, registered(false), 'failed not-applied'],
    ['checking, in service by another leader', unseenOnce, registered(false, otherLeader), 'no effect once'],
    ['checking, drained by somebody', checking, drained, 'failed drained-elsewhere'],
    ['checking, gone', checking, gone, 'failed gone'],
    ['checking, nowhere', checking, absent(), 'no effect once'],
    ['checking, nowhere for the second time', unseenOnce, absent(), 'failed removed'],
    ['checking, not back since a failover', checking, recovered, null],
    ['checking, nobody could look', checking, notRead, null],
    ['checking, not explained', checking, unexplained, null],
    ['confirming, deactivated', confirming, registered(true), 'kept away, ours true'],
    ['confirming, in service', confirming, registered(false), 'amiss once'],
    ['confirming, in service twice', amissOnce, registered(false), 'failed reactivated-elsewhere'],
    ['confirming, in service by another leader', amissOnce, registered(false, otherLeader), 'amiss once'],
    ['confirming, drained by somebody', confirming, drained, 'failed drained-elsewhere'],
    ['confirming, not back since a failover', confirming, recovered, null],
    ['kept away, deactivated', s.away, registered(true), null],
    ['kept away, deactivated again', awayOnce, registered(true), 'kept away, ours true'],
    ['kept away, unreachable', s.away, unreachable({ drain: null }), null],
    ['kept away, in service', s.away, registered(false), 'amiss once'],
    ['kept away, in service twice', awayOnce, registered(false), 'failed reactivated-elsewhere'],
    ['kept away, nowhere twice', awayOnce, absent(), 'failed removed'],
    ['kept away, drained by somebody', s.away, drained, 'failed drained-elsewhere'],
    ['kept away, gone', s.away, gone, 'failed gone'],
    ['kept away, not back since a failover', s.away, recovered, null],
    ['kept away, nobody could look', s.away, notRead, null],
    ['still to do', s.todo, registered(true), null],
    ['draining, which its own record follows', s.draining, registered(false), null],
  ])('%s', (_, state, seen, expected) => {
    expect(judged(state, seen)).toBe(expected);
  });

  it('is no proof of a missing effect within a minute of sending', () => {
    expect(judged(checking, registered(false), 59, 60)).toBeNull();
  });

  it('says nothing of a call that was taken after its read was sent', () => {
    expect(judged(confirming, registered(false), 1)).toBeNull();
    expect(judged(awayOnce, registered(false), 1)).toBeNull();
  });
});
