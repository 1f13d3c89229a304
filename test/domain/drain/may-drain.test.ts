import { describe, expect, it } from '@jest/globals';
import type { KnownAgent, MasterSighting } from '../../../src/domain/agent.ts';
import { objectionsTo } from '../../../src/domain/drain/may-drain.ts';
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

interface Case {
  target?: KnownAgent;
  seen?: MasterSighting;
  looked?: Preview;
  open?: Drain[];
  atOnce?: number;
  perRack?: number;
}

function judge({ atOnce = 3, perRack = 1, ...more }: Case) {
  return objectionsTo(
    more.target ?? known(),
    more.seen ?? shows(null),
    more.looked ?? preview(),
    more.open ?? [],
    { drainsAtOnce: atOnce, per: [{ attribute: 'rack', allowed: perRack }] },
  );
}

/** An open drain of another agent. */
function another(n: number, rack: string | null = `r${n}`): Drain {
  return drain({
    id: drainId(n),
    agentId: agentId(`other-S${n}`),
    attributes: rack === null ? {} : { rack },
  });
}

function deactivation(status: 'checking' | 'draining'): Drain {
  return drain({ way: 'deactivate', state: states[status] });
}

const scheduled = preview({ scheduled: { known: true, value: 'agent3.example 10.0.0.3' } });

describe('objections to a drain', () => {
  it.each<[string, Case]>([
    ['a registered agent', {}],
    [
      'an agent that is deactivated only',
      { seen: { kind: 'registered', leader, agent: agent({ deactivated: true }) } },
    ],
    ['an unreachable agent: the kill waits for its return', { seen: unreachable({ drain: null }) }],
    ['a schedule that could not be read', { looked: preview({ scheduled: { known: false, why: '403' } }) }],
    ['a scheduled machine that is unreachable', { seen: unreachable({ drain: null }), looked: scheduled }],
    ['a deactivation of ours, which it goes on from', { open: [deactivation('draining')] }],
    ['a master whose version is not known', { looked: preview({ master: { known: false, why: 'no' } }) }],
    ['two other drains, on other racks', { open: [another(1), another(2)] }],
    [
      'other drains, where the agent has no rack',
      { target: known({ attributes: {} }), open: [another(1, null)] },
    ],
  ])('are none: %s', (_, given) => {
    expect(judge(given)).toEqual([]);
  });

  it.each<[string, Case, object]>([
    [
      'an agent that can not drain',
      { seen: { kind: 'registered', leader, agent: agent({ canDrain: false, version: '1.8.0' }) } },
      { code: 'cannot-drain-capability', version: '1.8.0' },
    ],
    [
      "somebody else's drain",
      { seen: shows(draining) },
      { code: 'already-draining', state: 'DRAINING', maxGraceSeconds: 600 },
    ],
    [
      'a drain that was done without a grace',
      { seen: shows({ ...drained, maxGraceNs: null }) },
      { code: 'already-draining', state: 'DRAINED', maxGraceSeconds: null },
    ],
    [
      'a drain of an unreachable agent',
      { seen: unreachable() },
      { code: 'already-draining', state: 'DRAINING' },
    ],
    [
      'an agent that has not re-registered',
      { seen: { kind: 'recovered', leader } },
      { code: 'agent-not-drainable', why: 'unreadable' },
    ],
    [
      'an agent that is gone',
      { seen: { kind: 'gone', leader, at: at(0) } },
      { code: 'agent-not-drainable', why: 'gone' },
    ],
    ['an agent that is listed nowhere', { seen: absent() }, { code: 'agent-not-drainable', why: 'absent' }],
    [
      'an agent whose absence nobody explains',
      { seen: unexplained },
      { code: 'agent-not-drainable', why: 'unreadable', detail: 'the registry answers 403' },
    ],
    ['a silent master', { seen: notRead }, { code: 'agent-not-drainable', why: 'unreadable' }],
    [
      'a master from before 1.9',
      { looked: preview({ master: { known: true, value: { version: '1.8.1', canDrain: false } } }) },
      { code: 'master-cannot-drain', verb: 'drain', version: '1.8.1' },
    ],
    [
      'a deactivation of ours whose fate is unknown',
      { open: [deactivation('checking')] },
      { code: 'call-under-way', drain: 17 },
    ],
    ['a drain of ours on the same agent', { open: [drain()] }, { code: 'already-open', drain: 17 }],
    [
      'three drains at once',
      { open: [another(1), another(2), another(4)] },
      {
        code: 'limit-reached',
        agent: { hostname: 'agent3.example' },
        limit: 'cluster',
        allowed: 3,
        open: [1, 2, 4],
      },
    ],
    [
      'another drain on the same rack',
      { open: [another(1), another(2, 'r12')] },
      { code: 'limit-reached', limit: { attribute: 'rack', value: 'r12' }, allowed: 1, open: [2] },
    ],
    [
      'a machine in the maintenance schedule',
      { looked: scheduled },
      { code: 'scheduled-for-maintenance', machine: 'agent3.example 10.0.0.3' },
    ],
  ])('name %s', (_, given, refusal) => {
    expect(judge(given)).toMatchObject([refusal]);
  });

  it('name all at once, our own drain first: the master shows that one too', () => {
    const codes = judge({
      seen: shows(draining),
      looked: scheduled,
      open: [drain(), another(1), another(2), another(4)],
    }).map(({ code }) => code);
    expect(codes).toEqual(['already-open', 'already-draining', 'limit-reached', 'scheduled-for-maintenance']);
  });

  it.each<[string, Case, string]>([
    ['as the master shows it', { seen: shows(draining) }, 'draining'],
    ['as it is missing', { seen: absent() }, 'absent'],
    [
      'as it was remembered, where the master is silent',
      { seen: notRead, target: known({ state: 'disconnected' }) },
      'disconnected',
    ],
  ])('label the agent with its state %s', (_, given, state) => {
    expect(judge(given)).toMatchObject([{ agent: { hostname: 'agent3.example', state } }]);
  });
});
