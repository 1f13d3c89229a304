import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { type OwnDrains, objectionsToDeactivation } from '../../../src/domain/deactivation/may-deactivate.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import { agentId, drainId } from '../../../src/domain/ids.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import {
  absent,
  agent,
  at,
  drain,
  drained,
  draining,
  known,
  leader,
  notRead,
  preview,
  shows,
  states,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

interface Case extends Partial<OwnDrains> {
  seen?: MasterSighting;
  master?: Preview['master'];
}

function judge({ seen = shows(null), master = preview().master, open = [], outOfService = [] }: Case) {
  const limits = { drainsAtOnce: 1, per: [{ attribute: 'rack', allowed: 1 }] };
  return objectionsToDeactivation(known(), seen, master, { open, outOfService }, limits);
}

const deactivated: MasterSighting = {
  kind: 'registered',
  leader,
  agent: agent({ deactivated: true, active: false }),
};
const ours = (state: Drain['state']) => drain({ way: 'deactivate', state });
const elsewhere = drain({ id: drainId(3), agentId: agentId('other-S4') });

describe('objections to a deactivation', () => {
  it.each<[string, Case]>([
    ['a registered agent', {}],
    [
      'one that can not drain: the master does not ask for it',
      { seen: { kind: 'registered', leader, agent: agent({ canDrain: false }) } },
    ],
    ['one that somebody else deactivated: what is left can be followed', { seen: deactivated }],
    [
      'one that our drain left deactivated by another hand',
      { seen: deactivated, outOfService: [drain({ state: states.drained })] },
    ],
    ['an unreachable agent: the call is kept for its return', { seen: unreachable({ drain: null }) }],
    ['a recovered agent', { seen: { kind: 'recovered', leader } }],
    ['one that was reactivated since ours', { outOfService: [ours(states.drained)] }],
    ['a master that could not be asked for its version', { master: { known: false, why: 'no answer' } }],
  ])('are none: %s', (_, given) => {
    expect(judge(given)).toEqual([]);
  });

  it.each<[string, Case, object]>([
    ['our open drain', { open: [drain()] }, { code: 'already-open', drain: 17 }],
    [
      'our open deactivation',
      { seen: deactivated, open: [ours(states.draining)] },
      { code: 'already-deactivated', drain: 17 },
    ],
    [
      'our deactivation that stands',
      { seen: deactivated, outOfService: [ours(states.drained)] },
      { code: 'already-deactivated', drain: 17 },
    ],
    [
      'our deactivation that stands while the agent is away',
      { seen: unreachable({ drain: null }), outOfService: [ours(states.drained)] },
      { code: 'already-deactivated', drain: 17 },
    ],
    ['a DRAINING agent', { seen: shows(draining) }, { code: 'drain-keeps-away', state: 'DRAINING' }],
    ['a DRAINED one that is away', { seen: unreachable({ drain: drained }) }, { code: 'drain-keeps-away' }],
    ['a gone agent', { seen: { kind: 'gone', leader, at: at(1) } }, { why: 'gone' }],
    ['an absent agent', { seen: absent() }, { why: 'absent' }],
    ['an unexplained absence', { seen: unexplained }, { why: 'unreadable' }],
    ['a silent master', { seen: notRead }, { code: 'agent-not-deactivatable', why: 'unreadable' }],
    ['the limit', { open: [elsewhere] }, { code: 'limit-reached', limit: 'cluster' }],
    [
      'a master from before 1.9',
      { master: { known: true, value: { version: '1.8.1', canDrain: false } } },
      { code: 'master-cannot-drain', verb: 'deactivate', version: '1.8.1' },
    ],
  ])('are one: %s', (_, given, objection) => {
    expect(judge(given)).toEqual([expect.objectContaining(objection)]);
  });
});
