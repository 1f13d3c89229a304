import { describe, expect, it } from '@jest/globals';
import type { AgentSighting, MasterSighting } from '../../../src/domain/agent.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import { agentId } from '../../../src/domain/ids.ts';
import type { MarkGone } from '../../../src/domain/mark-gone.ts';
import { objectionsToReactivation } from '../../../src/domain/reactivation/may-reactivate.ts';
import type { Reactivation } from '../../../src/domain/reactivation.ts';
import { markGone } from '../../support/approval-samples.ts';
import { inConfirming, reactivation } from '../../support/reactivation-samples.ts';
import {
  absent,
  agent,
  asked,
  at,
  drain,
  drained,
  draining,
  known,
  leader,
  notAsked,
  notRead,
  shows,
  states,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

interface Case {
  seen?: MasterSighting;
  own?: AgentSighting;
  version?: string;
  drains?: Drain[];
  returns?: Reactivation[];
  markings?: MarkGone[];
}

function judge({ seen = shows(drained), own = asked(0), version = '1.11.0', ...open }: Case): string[] {
  const looked = { master: seen, own, version };
  return objectionsToReactivation(
    known(),
    looked,
    open.drains ?? [],
    open.returns ?? [],
    open.markings ?? [],
  ).map((objection) =>
    [objection.code, 'says' in objection ? objection.says : null, 'why' in objection ? objection.why : null]
      .filter((part) => part !== null)
      .join(' '),
  );
}

const deactivated: MasterSighting = {
  kind: 'registered',
  leader,
  agent: agent({ deactivated: true, active: false }),
};
const other = agentId('other-S4');
const old: MasterSighting = {
  kind: 'registered',
  leader,
  agent: agent({ drain: drained, version: '1.9.0' }),
};
const emptyButDraining = asked(0, { draining: true });
const stillDraining = asked(0, { executors: 1, draining: true });

describe('objections to a reactivation', () => {
  it.each<[string, Case]>([
    ['a DRAINED agent', {}],
    ['a deactivated agent', { seen: deactivated }],
    ['a DRAINED agent that can not be asked', { own: notAsked }],
    ['an unreachable agent that is DRAINED', { seen: unreachable({ drain: drained }), own: notAsked }],
    ['an unreachable agent that is deactivated', { seen: unreachable({ drain: null }), own: notAsked }],
    ['a recovered agent: only the master knows', { seen: { kind: 'recovered', leader }, own: notAsked }],
    [
      'our deactivation, which it ends',
      { seen: deactivated, drains: [drain({ way: 'deactivate', state: states.draining })] },
    ],
    ['an empty agent that a fault of 1.9 keeps draining', { seen: old, own: emptyButDraining }],
    ['a 1.9 master, and the agent answers', { version: '1.9.0' }],
    ['the first master that bears it', { version: '1.10.0', own: notAsked }],
    ['a later one', { version: '2.0.0-rc1', own: notAsked }],
    [
      'drains and reactivations of other agents',
      {
        drains: [drain({ agentId: other })],
        returns: [reactivation({ agentId: other })],
      },
    ],
  ])('are none: %s', (_, given) => {
    expect(judge(given)).toEqual([]);
  });

  it.each<[string, Case, string[]]>([
    ['an active agent', { seen: shows(null) }, ['not-deactivated']],
    [
      'a disconnected agent that nobody deactivated',
      { seen: { kind: 'registered', leader, agent: agent({ active: false }) }, own: notAsked },
      ['not-deactivated'],
    ],
    [
      'an unreachable agent in service',
      { seen: unreachable({ drain: null, deactivated: false }), own: notAsked },
      ['not-deactivated'],
    ],
    ['a DRAINING agent', { seen: shows(draining) }, ['still-draining master']],
    ['an unreachable, DRAINING agent', { seen: unreachable(), own: notAsked }, ['still-draining master']],
    ['an agent that drains itself', { own: stillDraining }, ['still-draining agent']],
    [
      'an empty agent of 1.10 that drains itself: it is about to leave that',
      { own: emptyButDraining },
      ['still-draining agent'],
    ],
    [
      'an agent of 1.9 that drains itself and has work',
      { seen: old, own: stillDraining },
      ['still-draining agent'],
    ],
    [
      'our deactivation whose fate is unknown',
      { seen: deactivated, drains: [drain({ way: 'deactivate', state: states.checking })] },
      ['call-under-way'],
    ],
    [
      'a gone agent',
      { seen: { kind: 'gone', leader, at: at(1) }, own: notAsked },
      ['agent-not-reactivatable gone'],
    ],
    ['an absent agent', { seen: absent(), own: notAsked }, ['agent-not-reactivatable absent']],
    ['an unexplained absence', { seen: unexplained, own: notAsked }, ['agent-not-reactivatable unreadable']],
    ['a look that failed', { seen: notRead, own: notAsked }, ['agent-not-reactivatable unreadable']],
    [
      'our open drain, before what the master says of it',
      { seen: shows(draining), drains: [drain()] },
      ['drain-in-the-way', 'still-draining master'],
    ],
    ['a mark gone that is under way', { seen: shows(drained), markings: [markGone()] }, ['marking-open']],
    [
      'a reactivation that is under way, whatever the agent is',
      { seen: shows(null), returns: [reactivation({ state: inConfirming() })] },
      ['reactivation-open', 'not-deactivated'],
    ],
    [
      'a 1.9 master and a silent agent',
      { version: '1.9.3', own: notAsked },
      ['old-master-would-crash connection refused'],
    ],
    [
      'a 1.9 master and an unreachable agent',
      { version: '1.9.0', seen: unreachable({ drain: drained }), own: notAsked },
      ['old-master-would-crash it is not registered now'],
    ],
    [
      'a 1.9 master and a recovered agent',
      { version: '1.9.0', seen: { kind: 'recovered', leader }, own: notAsked },
      ['old-master-would-crash it is not registered now'],
    ],
    [
      'a version that can not be read',
      { version: 'HEAD', own: notAsked },
      ['old-master-would-crash connection refused'],
    ],
  ])('against %s', (_, given, codes) => {
    expect(judge(given)).toEqual(codes);
  });
});
