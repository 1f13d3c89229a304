import { describe, expect, it } from '@jest/globals';
import type { DrainEnd } from '../../../src/domain/drain.ts';
import { seconds } from '../../../src/domain/ids.ts';
import type { MarkGoneEnd } from '../../../src/domain/mark-gone.ts';
import { type OwnWork, type Relation, relationOf } from '../../../src/domain/outside/own-work.ts';
import type { Service } from '../../../src/domain/outside/service.ts';
import type { ReactivationEnd } from '../../../src/domain/reactivation.ts';
import { markGone, markGoneStates } from '../../support/approval-samples.ts';
import { reactivation, reactivationStates } from '../../support/reactivation-samples.ts';
import {
  at,
  bob,
  drain,
  drained,
  draining,
  foreign,
  inDraining,
  states,
  takingBack,
} from '../../support/samples.ts';

type Now = Service | 'gone';
type Row = [string, Partial<OwnWork>, Now, Relation];

const toBeGone = { ...draining, markGone: true };

function ended(end: DrainEnd, over: Parameters<typeof drain>[0] = {}): Partial<OwnWork> {
  return { drains: [drain({ ...over, state: { status: 'ended', at: at(60), end, drainedAt: null } })] };
}

function drains(over: Parameters<typeof drain>[0]): Partial<OwnWork> {
  return { drains: [drain(over)] };
}

function returning(end: ReactivationEnd): Partial<OwnWork> {
  return { reactivations: [reactivation({ state: { status: 'ended', at: at(60), end } })] };
}

function marking(end: MarkGoneEnd): Partial<OwnWork> {
  return { markGones: [markGone({ state: { status: 'ended', at: at(60), end } })] };
}

function relation(work: Partial<OwnWork>, now: Now, since = 0): Relation {
  return relationOf(now, { drains: [], reactivations: [], markGones: [], ...work }, at(since));
}

const open = (['calling', 'checking', 'draining', 'drained'] as const).map((status) => states[status]);
const givenUp: DrainEnd = { kind: 'given-up', by: bob, reason: 'x' };

const rows: Row[] = [
  ['no work of ours', {}, draining, 'strange'],
  ...open.flatMap((state): Row[] => [
    [`our drain, ${state.status}, as it was meant`, drains({ state }), draining, 'known'],
    [`our drain, ${state.status}, with another grace`, drains({ state }), foreign, 'followed'],
    [`our drain, ${state.status}, and active`, drains({ state }), 'active', 'followed'],
    [`our drain, ${state.status}, and deactivated`, drains({ state }), 'deactivated', 'followed'],
    [`our drain, ${state.status}, and gone`, drains({ state }), 'gone', 'followed'],
    [`our deactivation, ${state.status}`, drains({ way: 'deactivate', state }), 'deactivated', 'known'],
    [
      `our deactivation, ${state.status}, and a drain`,
      drains({ way: 'deactivate', state }),
      draining,
      'followed',
    ],
  ]),
  ['our unattended drain, gone', drains({ markGone: true, state: states.draining }), 'gone', 'known'],
  [
    'our drain while its mark gone is taken back, without it',
    drains({ markGone: true, state: inDraining({ amendment: takingBack(10, 'confirming') }) }),
    draining,
    'known',
  ],
  ['our drain that somebody gave up, as it was meant', ended(givenUp), drained, 'known'],
  ['our drain that somebody gave up, active', ended(givenUp), 'active', 'strange'],
  [
    'our drain that the master rejected, as it was meant',
    ended({ kind: 'rejected', httpStatus: 403, body: '' }),
    draining,
    'strange',
  ],
  ['our drain that was not applied, as it was meant', ended({ kind: 'not-applied' }), draining, 'strange'],
  [
    'our drain whose thread told this other one',
    ended({ kind: 'superseded', shown: foreign }),
    foreign,
    'known',
  ],
  [
    'our drain whose thread told another one',
    ended({ kind: 'superseded', shown: foreign }),
    toBeGone,
    'strange',
  ],
  [
    'our drain whose thread told of a deactivation',
    ended({ kind: 'superseded', shown: 'deactivated' }),
    'deactivated',
    'known',
  ],
  ['our drain whose thread told of a reactivation', ended({ kind: 'reactivated' }), 'active', 'known'],
  [
    'our drain whose thread told of a reactivation, deactivated',
    ended({ kind: 'reactivated' }),
    'deactivated',
    'strange',
  ],
  ['our drain whose thread told that it is gone', ended({ kind: 'gone', goneAt: at(50) }), 'gone', 'known'],
  [
    'our drain that ended before it was last seen otherwise',
    ended({ kind: 'reactivated' }),
    'active',
    'strange',
  ],
  ...(['calling', 'checking', 'confirming'] as const).flatMap((status): Row[] => [
    [
      `our reactivation, ${status}, active`,
      { reactivations: [reactivation({ state: reactivationStates[status] })] },
      'active',
      'known',
    ],
    [
      `our reactivation, ${status}, deactivated`,
      { reactivations: [reactivation({ state: reactivationStates[status] })] },
      'deactivated',
      'followed',
    ],
  ]),
  ['our reactivation, done', returning({ kind: 'active', agentNotAsked: null }), 'active', 'known'],
  [
    'our reactivation, done, and a drain',
    returning({ kind: 'active', agentNotAsked: null }),
    draining,
    'strange',
  ],
  [
    'our reactivation, rejected, active',
    returning({ kind: 'rejected', httpStatus: 400, body: '' }),
    'active',
    'strange',
  ],
  [
    'our reactivation that told of this drain',
    returning({ kind: 'taken-out-again', shown: foreign }),
    foreign,
    'known',
  ],
  [
    'our reactivation that told that it is gone',
    returning({ kind: 'gone', goneAt: at(50) }),
    'gone',
    'known',
  ],
  ...(['calling', 'checking', 'confirming'] as const).flatMap((status): Row[] => {
    const state = markGoneStates[status];
    const direct = markGone({ call: { by: 'mark-agent-gone' }, state });
    return [
      [`our MARK_AGENT_GONE, ${status}, gone`, { markGones: [direct] }, 'gone', 'known'],
      [
        `our MARK_AGENT_GONE, ${status}, which follows nothing else`,
        { markGones: [direct] },
        'deactivated',
        'strange',
      ],
      [`our second call, ${status}, gone`, { markGones: [markGone({ state })] }, 'gone', 'known'],
      [`our second call, ${status}, active`, { markGones: [markGone({ state })] }, 'active', 'followed'],
    ];
  }),
  ['our second call, as it was meant', { markGones: [second()] }, toBeGone, 'known'],
  [
    'our second call, rejected, gone',
    marking({ kind: 'rejected', httpStatus: 403, body: '' }),
    'gone',
    'strange',
  ],
  [
    'our second call that told that it is in service',
    marking({ kind: 'superseded', shown: 'in service' }),
    'active',
    'known',
  ],
  [
    'our second call that told of this drain',
    marking({ kind: 'superseded', shown: foreign }),
    foreign,
    'known',
  ],
];

function second() {
  const call = { by: 'second-drain', drain: drain().id, maxGrace: seconds(600) } as const;
  return markGone({ call, state: markGoneStates.confirming });
}

describe('what an agent shows, and our own work on it', () => {
  it.each(rows.map(([name, work, now, is]) => ({ name, work, now, is })))(
    '$name: $is',
    ({ name, work, now, is }) => {
      expect(relation(work, now, name.includes('before it was last seen') ? 61 : 0)).toBe(is);
    },
  );
});
