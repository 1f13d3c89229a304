import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { firstStepOf } from '../../../src/domain/approval/first-step.ts';
import type { OtherWork } from '../../../src/domain/approval/may-ask.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import {
  agentId,
  approvalId,
  drainId,
  instant,
  markGoneId,
  reactivationId,
} from '../../../src/domain/ids.ts';
import type { AgentLineOfPlan } from '../../../src/domain/plan.ts';
import { approval, markGone } from '../../support/approval-samples.ts';
import { coveredAgent, planApproval } from '../../support/covers-samples.ts';
import { agentsPlan, next } from '../../support/plan-samples.ts';
import { reactivation } from '../../support/reactivation-samples.ts';
import {
  drain,
  drained,
  draining,
  foreign,
  inDraining,
  shows,
  states,
  takingBack,
  unreachable,
} from '../../support/samples.ts';
import { acts, inShort, judge, kinds, looks } from './objections.ts';

describe('our own work on the agent', () => {
  const recalling = inDraining({ amendment: takingBack(1, 'checking') });
  const orders = { ...draining, markGone: true };

  /** Our drain's state, what the master shows, by act. Of a mark gone it is no obstacle. */
  const rows: [string, Drain, MasterSighting, Record<'drain' | 'then gone' | 'unattended', string>][] = [
    [
      'its call on the way',
      drain(),
      shows(null),
      { drain: 'already-open', 'then gone': 'call-under-way', unattended: 'unattended-too-late' },
    ],
    [
      'its call’s fate unknown',
      drain({ state: states.checking }),
      shows(draining),
      {
        drain: 'already-open, already-draining',
        'then gone': 'call-under-way',
        unattended: 'unattended-too-late',
      },
    ],
    [
      'draining',
      drain({ state: states.draining }),
      shows(draining),
      { drain: 'already-open, already-draining', 'then gone': '-', unattended: 'unattended-too-late' },
    ],
    [
      'draining, and DRAINED at the master',
      drain({ state: states.draining }),
      shows(drained),
      { drain: 'already-open, already-draining', 'then gone': '-', unattended: 'unattended-too-late' },
    ],
    [
      'a deactivation, which any of them goes on from',
      drain({ way: 'deactivate', state: states.draining }),
      shows(null),
      { drain: '-', 'then gone': '-', unattended: '-' },
    ],
    [
      'a deactivation whose fate is unknown',
      drain({ way: 'deactivate', state: states.checking }),
      shows(null),
      { drain: 'call-under-way', 'then gone': 'call-under-way', unattended: 'unattended-too-late' },
    ],
    [
      'draining, changed by somebody else',
      drain({ state: states.draining }),
      shows(foreign),
      {
        drain: 'already-open, already-draining',
        // Its thread is about to tell what became of it.
        'then gone': 'already-open',
        unattended: 'unattended-too-late',
      },
    ],
    [
      'draining, reactivated by somebody else',
      drain({ state: states.draining }),
      shows(null),
      { drain: 'already-open', 'then gone': 'already-open', unattended: 'unattended-too-late' },
    ],
    [
      'drained',
      drain({ state: states.drained }),
      shows(drained),
      { drain: 'already-draining', 'then gone': '-', unattended: 'unattended-too-late' },
    ],
    [
      'drained, and marked to be gone by somebody else',
      drain({ state: states.drained }),
      shows({ ...drained, markGone: true }),
      { drain: 'already-draining', 'then gone': 'gone-by-others', unattended: 'unattended-too-late' },
    ],
    // What is there now is somebody else's: it is followed like any other.
    [
      'drained, and drained anew by somebody else',
      drain({ state: states.drained }),
      shows(foreign),
      { drain: 'already-draining', 'then gone': '-', unattended: 'unattended-too-late' },
    ],
    [
      'drained, and reactivated by somebody else',
      drain({ state: states.drained }),
      shows(null),
      { drain: '-', 'then gone': '-', unattended: 'unattended-too-late' },
    ],
    [
      'unattended',
      drain({ markGone: true, state: states.draining }),
      shows(orders),
      {
        drain: 'already-open, already-draining',
        'then gone': 'already-open',
        unattended: 'unattended-too-late',
      },
    ],
    [
      'unattended, about to be a plain one',
      drain({ markGone: true, state: recalling }),
      shows(draining),
      {
        drain: 'already-open, already-draining',
        'then gone': 'already-open',
        unattended: 'unattended-too-late',
      },
    ],
    [
      'draining, and unreachable',
      drain({ state: states.draining }),
      unreachable(),
      {
        drain: 'already-open, already-draining',
        'then gone': 'unreachable-for-gone',
        unattended: 'unreachable-for-gone',
      },
    ],
  ];

  function work(ours: Drain): Partial<OtherWork> {
    return ours.state.status === 'drained' ? { drained: [ours] } : { drains: [ours] };
  }

  it.each(
    rows.flatMap(([what, ours, seen, row]) =>
      (['drain', 'then gone', 'unattended'] as const).map(
        (kind) => [what, kind, row[kind], ours, seen] as const,
      ),
    ),
  )('a drain of ours, %s, against %s: %s', (_, kind, objections, ours, seen) => {
    expect(inShort(judge({ act: acts[kind], seen, work: work(ours) }))).toBe(objections);
  });

  it.each(rows.map(([what, ours, seen]) => [what, ours, seen] as const))(
    'a drain of ours, %s, never against marking a dead machine gone',
    (_, ours, seen) => {
      expect(judge({ act: acts['mark gone, now'], seen, work: work(ours) })).toEqual([]);
    },
  );

  it.each([looks.recovered, looks.unexplained, looks['not read']])(
    'is no first step while nobody can say what the master would show of it: $kind',
    (seen) => {
      const work = { drains: [drain({ state: states.draining })] };
      expect(inShort(judge({ seen, work }))).toBe('agent-not-drainable unreadable');
    },
  );

  it('names the drain that stands in the way', () => {
    expect(judge({ seen: shows(draining), work: { drains: [drain()] } })).toEqual([
      { code: 'call-under-way', drain: 17 },
    ]);
    expect(
      judge({
        act: acts.unattended,
        seen: shows(drained),
        work: { drained: [drain({ state: states.drained })] },
      }),
    ).toMatchObject([{ code: 'unattended-too-late', drain: 17 }]);
    expect(judge({ act: acts.unattended, seen: shows(draining) })).toMatchObject([{ drain: null }]);
  });

  it('names the latest of several that are proven, and an open one before all', () => {
    const proven = [4, 6].map((n) => drain({ id: drainId(n), state: states.drained }));
    const open = drain({ id: drainId(5), state: states.draining });
    const late = (work: Partial<OtherWork>) => judge({ act: acts.unattended, seen: shows(drained), work });
    expect(late({ drained: proven })).toMatchObject([{ drain: 6 }]);
    expect(late({ drained: proven, drains: [open] })).toMatchObject([{ drain: 5 }]);
  });

  it.each([
    ['draining', drain({ state: states.draining })],
    ['drained', drain({ state: states.drained })],
  ])('is no first step that the master does not show any more: %s', (_, ours) => {
    // Reactivated elsewhere, and not noticed yet: either it is refused, or it begins with a call of its own.
    const objections = judge({ seen: shows(null), work: work(ours) });
    const first = firstStepOf(acts['then gone'], shows(null), [ours]);
    expect(objections.length > 0 || first.step === 'call').toBe(true);
  });

  const other = agentId('other-S4');
  const open = {
    approvals: [approval({ id: approvalId(8) })],
    markings: [markGone()],
    reactivations: [reactivation()],
  };
  it.each(kinds)('a question, a mark gone and a reactivation stand in the way of: %s', (kind) => {
    const seen = kind === 'mark gone' ? unreachable({ drain: null }) : shows(null);
    const cases: [Partial<OtherWork>, string][] = [
      [{ approvals: open.approvals }, 'approval-open'],
      [{ markings: open.markings }, 'marking-open'],
      [{ reactivations: open.reactivations }, 'reactivation-open'],
      [open, 'approval-open, marking-open, reactivation-open'],
    ];
    for (const [of, objections] of cases)
      expect(inShort(judge({ act: acts[kind], seen, work: of }))).toBe(objections);
  });

  it.each(kinds)('of another agent does not: %s', (kind) => {
    const seen = kind === 'mark gone' ? unreachable({ drain: null }) : shows(null);
    const elsewhere = {
      approvals: [approval({ agentId: other })],
      markings: [markGone({ id: markGoneId('m-2'), agentId: other })],
      reactivations: [reactivation({ id: reactivationId('r-2'), agentId: other })],
      drained: [drain({ agentId: other, state: states.drained })],
    };
    expect(judge({ act: acts[kind], seen, work: elsewhere })).toEqual([]);
  });

  const inPlan = coveredAgent(3, { agentId: approval().agentId });
  const ofPlan = planApproval({ covers: { of: 'agents', work: { do: 'deactivate' }, lines: [inPlan] } });
  const line = { agentId: inPlan.agentId, hostname: 'agent3.example', address: null };
  const todo = agentsPlan({ lines: [{ ...agentsPlan().lines[0], ...line } as AgentLineOfPlan] });
  const running = next(todo, { status: 'running', since: instant(0) });
  it.each<[string, Partial<OtherWork>, string]>([
    ['a question about a plan', { approvals: [ofPlan] }, 'approval-open'],
    ['a question about a plan without it', { approvals: [planApproval()] }, '-'],
    ['a plan that nobody but its asker has seen', { plans: [todo] }, '-'],
    ['a plan that runs, and has not begun with it', { plans: [running] }, 'held-by-plan'],
    ['a plan without it', { plans: [next(agentsPlan(), { status: 'running', since: instant(0) })] }, '-'],
    // Said once: the question is the plan's.
    ['a plan and its question', { plans: [running], approvals: [ofPlan] }, 'approval-open'],
  ])('%s', (_, work, objections) => {
    expect(inShort(judge({ work }))).toBe(objections);
  });

  it('comes before what the master says', () => {
    expect(inShort(judge({ seen: looks.gone, work: open }))).toBe(
      'approval-open, marking-open, reactivation-open, agent-not-drainable gone',
    );
    expect(judge({ work: open })[0]).toMatchObject({ approval: 8, agent: { hostname: 'agent3.example' } });
  });
});
