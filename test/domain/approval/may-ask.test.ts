import { describe, expect, it } from '@jest/globals';
import type { KnownAgent, MasterDrain, MasterSighting } from '../../../src/domain/agent.ts';
import { firstStepOf } from '../../../src/domain/approval/first-step.ts';
import { type OtherWork, objectionsToAct } from '../../../src/domain/approval/may-ask.ts';
import type { Act } from '../../../src/domain/approval.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import {
  agentId,
  approvalId,
  drainId,
  markGoneId,
  reactivationId,
  seconds,
} from '../../../src/domain/ids.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { approval, markGone } from '../../support/approval-samples.ts';
import { reactivation } from '../../support/reactivation-samples.ts';
import {
  absent,
  agent,
  alice,
  at,
  drain,
  drained,
  draining,
  foreign,
  inDraining,
  known,
  leader,
  notRead,
  preview,
  shows,
  states,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

const acts = {
  drain: { kind: 'drain', maxGrace: seconds(0) },
  'then gone': { kind: 'drain-then-gone', maxGrace: null },
  unattended: { kind: 'drain-unattended', maxGrace: seconds(600) },
  'mark gone': { kind: 'mark-gone', now: false },
  'mark gone, now': { kind: 'mark-gone', now: true },
} satisfies Record<string, Act>;
type Kind = keyof typeof acts;
const kinds = Object.keys(acts) as Kind[];

interface Case {
  act?: Act;
  target?: KnownAgent;
  seen?: MasterSighting;
  looked?: Preview;
  work?: Partial<OtherWork>;
  atOnce?: number;
}

function judge({ act = acts['then gone'], seen = shows(null), ...more }: Case): Refusal[] {
  const none = { drains: [], drained: [], approvals: [], markings: [], reactivations: [] };
  return objectionsToAct(
    act,
    more.target ?? known(),
    seen,
    more.looked ?? preview(),
    { ...none, ...more.work },
    { drainsAtOnce: more.atOnce ?? 3, drainsPerRack: 1 },
  );
}

/** Objections as the tables write them: a code, with why where that tells them apart. */
function inShort(refusals: Refusal[]): string {
  const words = refusals.map((refusal) =>
    refusal.code === 'not-markable' || refusal.code === 'agent-not-drainable'
      ? `${refusal.code} ${refusal.why}`
      : refusal.code,
  );
  return words.join(', ') || '-';
}

/** An agent with a task; every kind of look that a master can give. */
const looks = {
  'in service': shows(null),
  deactivated: { kind: 'registered', leader, agent: agent({ deactivated: true, active: false }) },
  'too old to drain': { kind: 'registered', leader, agent: agent({ canDrain: false, version: '1.8.0' }) },
  DRAINING: shows(draining),
  DRAINED: shows(drained),
  'DRAINING, to be marked gone': shows({ ...draining, markGone: true }),
  recovered: { kind: 'recovered', leader },
  unreachable: unreachable({ drain: null, deactivated: false }),
  'unreachable, DRAINING': unreachable(),
  gone: { kind: 'gone', leader, at: at(1) },
  absent: absent(),
  unexplained,
  'not read': notRead,
} satisfies Record<string, MasterSighting>;
type Look = keyof typeof looks;

const notDrainable = (why: string) => `agent-not-drainable ${why}`;
const notMarkable = (why: string) => `not-markable ${why}`;
const alive = { 'mark gone': 'alive-with-tasks', 'mark gone, now': '-' };
const both = (objection: string) => ({ 'mark gone': objection, 'mark gone, now': objection });

/** Look × act, with no other work of ours. */
const table: Record<Look, Record<Kind, string>> = {
  'in service': { drain: '-', 'then gone': '-', unattended: '-', ...alive },
  deactivated: { drain: '-', 'then gone': '-', unattended: '-', ...alive },
  'too old to drain': {
    drain: 'cannot-drain-capability',
    'then gone': 'cannot-drain-capability',
    unattended: 'cannot-drain-capability',
    ...alive,
  },
  // Somebody else's drain is followed as the first step.
  DRAINING: { drain: 'already-draining', 'then gone': '-', unattended: 'unattended-too-late', ...alive },
  DRAINED: { drain: 'already-draining', 'then gone': '-', unattended: 'unattended-too-late', ...alive },
  'DRAINING, to be marked gone': {
    drain: 'already-draining',
    'then gone': 'gone-by-others',
    unattended: 'unattended-too-late',
    ...alive,
  },
  recovered: {
    drain: notDrainable('unreadable'),
    'then gone': notDrainable('unreadable'),
    unattended: notDrainable('unreadable'),
    ...both(notMarkable('recovered')),
  },
  // A stale order would fire when the repaired machine returns.
  unreachable: {
    drain: '-',
    'then gone': 'unreachable-for-gone',
    unattended: 'unreachable-for-gone',
    ...both('-'),
  },
  'unreachable, DRAINING': {
    drain: 'already-draining',
    'then gone': 'unreachable-for-gone',
    unattended: 'unreachable-for-gone',
    ...both('-'),
  },
  gone: {
    drain: notDrainable('gone'),
    'then gone': notDrainable('gone'),
    unattended: notDrainable('gone'),
    ...both(notMarkable('gone')),
  },
  absent: {
    drain: notDrainable('absent'),
    'then gone': notDrainable('absent'),
    unattended: notDrainable('absent'),
    ...both(notMarkable('absent')),
  },
  unexplained: {
    drain: notDrainable('unreadable'),
    'then gone': notDrainable('unreadable'),
    unattended: notDrainable('unreadable'),
    ...both(notMarkable('unreadable')),
  },
  'not read': {
    drain: notDrainable('unreadable'),
    'then gone': notDrainable('unreadable'),
    unattended: notDrainable('unreadable'),
    ...both(notMarkable('unreadable')),
  },
};

describe('what speaks against an act', () => {
  it.each(
    (Object.keys(looks) as Look[]).flatMap((look) =>
      kinds.map((kind) => [kind, look, table[look][kind]] as const),
    ),
  )('%s of an agent that is %s: %s', (kind, look, objections) => {
    expect(inShort(judge({ act: acts[kind], seen: looks[look] }))).toBe(objections);
  });

  it('is told with the agent’s state as it was seen, and why it can not be read', () => {
    expect(judge({ act: acts['mark gone'], seen: unexplained })).toEqual([
      {
        code: 'not-markable',
        agent: { agentId: known().agentId, hostname: 'agent3.example', state: 'unexplained' },
        why: 'unreadable',
        detail: 'the registry answers 403',
      },
    ]);
    expect(judge({ act: acts['mark gone'], seen: notRead })).toMatchObject([{ detail: 'no master answers' }]);
  });
});

describe('our own work on the agent', () => {
  const recalling = inDraining({ recall: { by: alice, at: at(1), status: 'checking', noEffect: null } });
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

  it('comes before what the master says', () => {
    expect(inShort(judge({ seen: looks.gone, work: open }))).toBe(
      'approval-open, marking-open, reactivation-open, agent-not-drainable gone',
    );
    expect(judge({ work: open })[0]).toMatchObject({ approval: 8, agent: { hostname: 'agent3.example' } });
  });
});

describe('the limits of drains', () => {
  const others = [1, 2].map((n) =>
    drain({ id: drainId(n), agentId: agentId(`other-S${n}`), attributes: {}, state: states.draining }),
  );

  it.each<[Kind, string]>([
    ['drain', 'limit-reached'],
    ['then gone', 'limit-reached'],
    ['unattended', 'limit-reached'],
    ['mark gone, now', '-'],
  ])('hold for %s as for any drain that begins: %s', (kind, objections) => {
    expect(inShort(judge({ act: acts[kind], work: { drains: others }, atOnce: 2 }))).toBe(objections);
  });

  it('do not hold for a drain that is under way already', () => {
    const ours = drain({ state: states.draining });
    const seen = shows(draining);
    expect(judge({ seen, work: { drains: [...others, ours] }, atOnce: 3 })).toEqual([]);
    expect(judge({ seen, work: { drains: others }, atOnce: 2 })).toEqual([]);
  });
});

describe('a machine in the maintenance schedule', () => {
  const looked = preview({ scheduled: { known: true, value: 'agent3.example 10.0.0.3' } });
  const ours = drain({ state: states.drained });

  // Source: mesos-api 1.1: the master answers 400 to any DRAIN_AGENT of a registered agent whose machine is scheduled.
  it.each<[string, Case]>([
    ['a drain', { act: acts.drain }],
    ['the first of two calls', {}],
    ['the single call', { act: acts.unattended }],
    ['the second of two, after our own drain', { seen: shows(drained), work: { drained: [ours] } }],
    ['the second of two, after somebody else’s drain', { seen: shows(drained) }],
  ])('is not to be asked for what the master will refuse: %s', (_, given) => {
    expect(inShort(judge({ ...given, looked }))).toBe('scheduled-for-maintenance');
  });

  it('can be marked gone: that call knows no schedule', () => {
    expect(judge({ act: acts['mark gone, now'], looked })).toEqual([]);
  });
});

describe('the grace that both calls carry', () => {
  const ours = (maxGrace: number | null) =>
    drain({ state: states.draining, maxGrace: maxGrace === null ? null : seconds(maxGrace) });
  const showing = (maxGraceNs: number | null): MasterDrain => ({ ...draining, maxGraceNs });

  it.each<[number | null, number | null, object | null]>([
    [null, 600, null],
    [600, 600, null],
    [null, null, null],
    [0, 0, null],
    [60, 600, { code: 'grace-differs', drain: 17, shownSeconds: 600 }],
    [600, null, { code: 'grace-differs', drain: 17, shownSeconds: null }],
    [0, 600, { code: 'grace-differs', drain: 17, shownSeconds: 600 }],
  ])('asked for %s s where our own drain has %s s', (asked, there, objection) => {
    const act: Act = { kind: 'drain-then-gone', maxGrace: asked === null ? null : seconds(asked) };
    const seen = shows(showing(there === null ? null : there * 1e9));
    expect(judge({ act, seen, work: { drains: [ours(there)] } })).toMatchObject(
      objection === null ? [] : [objection],
    );
  });

  it.each<[number | null, number | null, object | null]>([
    [null, 600e9, null],
    [600, 600e9, null],
    [null, null, null],
    [0, 0, null],
    [60, 600e9, { code: 'grace-differs', drain: null, shownSeconds: 600 }],
    [600, null, { code: 'grace-differs', drain: null, shownSeconds: null }],
    // It could not be sent again exactly, so the second call would change the drain.
    [null, 1.5e9, { code: 'grace-differs', drain: null, shownSeconds: 1.5 }],
    [600, 1.5e9, { code: 'grace-differs', drain: null, shownSeconds: 1.5 }],
    [null, -5e9, { code: 'grace-differs', drain: null, shownSeconds: -5 }],
  ])('asked for %s s where somebody else’s drain has %s ns', (asked, there, objection) => {
    const act: Act = { kind: 'drain-then-gone', maxGrace: asked === null ? null : seconds(asked) };
    expect(judge({ act, seen: shows(showing(there)) })).toMatchObject(objection === null ? [] : [objection]);
  });
});

describe('an agent that is to be marked gone at once', () => {
  const task = preview().groups;
  it.each<[string, boolean, Preview['groups'], object | null]>([
    ['tasks', false, task, { code: 'alive-with-tasks', tasks: 1 }],
    ['no tasks', false, { known: true, value: [] }, null],
    // Not known is never none.
    ['nobody knows what', false, { known: false, why: '403' }, { code: 'alive-with-tasks', tasks: null }],
    ['tasks, and it is meant', true, task, null],
    ['nobody knows what, and it is meant', true, { known: false, why: '403' }, null],
  ])('alive, with %s (now: %s)', (_, now, groups, objection) => {
    expect(judge({ act: { kind: 'mark-gone', now }, looked: preview({ groups }) })).toMatchObject(
      objection === null ? [] : [objection],
    );
  });

  it('counts the tasks of all frameworks', () => {
    if (!task.known) throw new Error('the sample preview knows its tasks');
    const groups: Preview['groups'] = { known: true, value: [...task.value, ...task.value, ...task.value] };
    expect(judge({ act: acts['mark gone'], looked: preview({ groups }) })).toMatchObject([{ tasks: 3 }]);
  });

  it('may be dead, whatever it ran', () => {
    expect(judge({ act: acts['mark gone'], seen: unreachable({ drain: null }) })).toEqual([]);
  });
});
