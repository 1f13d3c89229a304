import { describe, expect, it } from '@jest/globals';
import type { Cause } from '../../../src/domain/drain/cause.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { narrate } from '../../../src/domain/drain/narrate.ts';
import type { Drain, DrainEnd, DrainEvent, DrainState } from '../../../src/domain/drain.ts';
import { approvalId, seconds } from '../../../src/domain/ids.ts';
import { alice, at, bob, drain, inDraining, leader, states, takingBack } from '../../support/samples.ts';

const cause: Cause = { code: 'operations-pending', by: 'agent', operations: 1, named: [] };
const approved = { approval: approvalId(9), by: [bob] };
const recalling = inDraining({ amendment: takingBack(1, 'calling') });
const hastening = inDraining({
  amendment: { ...takingBack(1, 'calling'), change: { kind: 'hasten', maxGrace: seconds(60) } },
});
const nudging = inDraining({ nudges: { sent: 1, lastAt: at(62), calling: true } });
const blind = inDraining({
  waiting: { cause: { code: 'master-silent', why: 'x' }, since: at(1), toldAt: at(2) },
});
const told = inDraining({ waiting: { cause, since: at(1), toldAt: at(2) } });

function narrated(event: DrainEvent, state: DrainState, over: Partial<Drain> = {}) {
  const before = drain({ state, ...over });
  return narrate(before, evolve(before, event), event);
}

/** Event, from which status; what is filed; what is said, with `+` where the channel hears it too. `-`: nothing. */
const table: [DrainEvent, DrainState, string, string][] = [
  // The door files what became of its call.
  [{ type: 'call-accepted', at: at(1), master: leader }, states.calling, '-', 'call-accepted'],
  [{ type: 'call-unknown', at: at(1), why: 'no answer' }, states.calling, '-', 'call-unknown'],
  [
    { type: 'call-rejected', at: at(1), httpStatus: 403, body: '' },
    states.calling,
    'drain.ended rejected',
    'ended+',
  ],
  [{ type: 'effect-seen', at: at(31), leader }, states.checking, 'drain.effect-seen accepted', 'effect-seen'],
  [{ type: 'no-effect-seen', at: at(61), leader }, states.checking, '-', '-'],
  [{ type: 'progressed', at: at(5), left: 2, quarter: 2 }, states.draining, 'drain.progressed', 'progress'],
  [{ type: 'progressed', at: at(5), left: 4, quarter: 0 }, states.draining, 'drain.progressed', '-'],
  // Of a drain whose frameworks are followed, history/departures.test.ts has more.
  [{ type: 'framework-left', at: at(5), framework: 'f' }, states.draining, '-', '-'],
  [{ type: 'framework-slow', at: at(5), framework: 'f', left: 1 }, states.draining, '-', '-'],
  [
    { type: 'waiting', at: at(5), cause, tell: true },
    states.draining,
    'drain.waiting operations-pending',
    'waiting',
  ],
  [{ type: 'waiting', at: at(5), cause, tell: false }, states.draining, '-', '-'],
  [
    { type: 'waiting', at: at(5), cause: { code: 'recovering' }, tell: true },
    states.checking,
    'drain.waiting recovering',
    'still-unknown',
  ],
  [{ type: 'moving-again', at: at(5), was: cause }, told, 'drain.moving-again', 'moving-again'],
  [
    { type: 'looked-again', at: at(3_600), from: at(1) },
    states.draining,
    'drain.looked-again',
    'looked-again',
  ],
  // Out of service nobody waits for it; and who was told that the master is silent knows.
  [{ type: 'looked-again', at: at(3_600), from: at(1) }, states.drained, 'drain.looked-again', '-'],
  [{ type: 'looked-again', at: at(3_600), from: at(1) }, blind, 'drain.looked-again', '-'],
  [{ type: 'drained-seen', at: at(5), leader }, states.draining, '-', '-'],
  [{ type: 'drained-unseen', at: at(5) }, states.draining, '-', '-'],
  [{ type: 'absent-seen', at: at(5), leader }, states.drained, '-', '-'],
  [{ type: 'listed-again', at: at(5) }, states.drained, '-', '-'],
  [
    { type: 'drained', at: at(60), leader, proof: { by: 'master-and-agent' } },
    states.draining,
    'drain.drained master-and-agent',
    'drained+',
  ],
  [
    { type: 'ended', at: at(90), end: { kind: 'reactivated' } },
    states.drained,
    'drain.ended reactivated',
    'ended+',
  ],
  // Its approval tells of the plan, and of its end.
  [{ type: 'gone-planned', at: at(1), approved }, states.draining, 'drain.gone-planned', '-'],
  [{ type: 'gone-dropped', at: at(1) }, states.drained, 'drain.gone-dropped', '-'],
  [{ type: 'stay-set', at: at(1), outFor: { seconds: seconds(60), by: alice } }, states.drained, '-', 'stay'],
  // The door files it, and the reactivation tells.
  [{ type: 'return-begun', at: at(1) }, states.drained, '-', '-'],
  [
    { type: 'reminded', at: at(1), reminder: { why: 'forgotten' } },
    states.drained,
    'drain.reminded forgotten',
    'stay',
  ],
  [
    { type: 'reminded', at: at(1), reminder: { why: 'by-policy' } },
    states.drained,
    'drain.reminded by-policy',
    'stay+',
  ],
  [{ type: 'adopted', at: at(1) }, states.calling, 'drain.adopted', 'adopted'],
  [{ type: 'witnessed', at: at(1), word: { leader, startedAt: at(0) } }, states.draining, '-', '-'],
  [
    { type: 'amend-intended', at: at(1), by: alice, change: { kind: 'take-back' } },
    states.draining,
    '-',
    'recall',
  ],
  [{ type: 'amend-accepted', at: at(2) }, recalling, '-', '-'],
  [
    { type: 'amend-rejected', at: at(2), httpStatus: 403, body: 'no' },
    recalling,
    'drain.recall-failed rejected',
    'recall+',
  ],
  [{ type: 'amend-unknown', at: at(2), why: 'no answer' }, recalling, '-', 'recall'],
  [{ type: 'amend-no-effect-seen', at: at(61), leader }, recalling, '-', '-'],
  [{ type: 'amend-not-applied', at: at(62) }, recalling, 'drain.recall-failed not-applied', 'recall+'],
  [{ type: 'amended', at: at(62), leader }, recalling, 'drain.recalled accepted', 'recall+'],
  [
    { type: 'amend-intended', at: at(1), by: alice, change: { kind: 'hasten', maxGrace: seconds(60) } },
    states.draining,
    '-',
    'hasten',
  ],
  [
    { type: 'amend-rejected', at: at(2), httpStatus: 403, body: 'no' },
    hastening,
    'drain.hasten-failed rejected',
    'hasten+',
  ],
  [{ type: 'amend-not-applied', at: at(62) }, hastening, 'drain.hasten-failed not-applied', 'hasten+'],
  [{ type: 'amended', at: at(62), leader }, hastening, 'drain.hastened accepted', 'hasten'],
  // The door files nudges, too; whether one helped, the proof tells.
  [{ type: 'nudge-intended', at: at(62) }, states.draining, '-', 'nudge'],
  [{ type: 'nudge-answered', at: at(63), outcome: 'accepted', why: null }, nudging, '-', '-'],
  [{ type: 'nudge-answered', at: at(63), outcome: 'rejected', why: '403: no' }, nudging, '-', 'nudge'],
  [{ type: 'nudge-answered', at: at(63), outcome: 'unknown', why: 'no answer' }, nudging, '-', 'nudge'],
  // By this bot: the mark gone, or the reactivation, tells.
  [
    { type: 'ended', at: at(90), end: { kind: 'gone', goneAt: at(89), by: alice }, told: true },
    states.drained,
    'drain.ended gone',
    '-',
  ],
  [
    { type: 'ended', at: at(90), end: { kind: 'reactivated', by: alice }, told: true },
    states.drained,
    'drain.ended reactivated',
    '-',
  ],
];

describe('narrate', () => {
  it.each(table.map(([event, state, filed, said]) => [event.type, filed, said, event, state] as const))(
    'files %s as "%s" and says "%s"',
    (_, filed, said, event, state) => {
      const { audit, say } = narrated(event, state);
      expect(audit === null ? '-' : [audit.event, audit.outcome].filter(Boolean).join(' ')).toBe(filed);
      expect(say === null ? '-' : `${say.notice.kind}${say.broadcast ? '+' : ''}`).toBe(said);
    },
  );

  it.each<[DrainEnd, string]>([
    [{ kind: 'superseded', shown: 'deactivated' }, 'outside'],
    [{ kind: 'reactivated' }, 'outside'],
    [{ kind: 'reactivated', by: alice }, 'bot'],
    [{ kind: 'gone', goneAt: at(89) }, 'outside'],
    [{ kind: 'gone', goneAt: at(89), by: alice }, 'bot'],
    [{ kind: 'removed' }, 'bot'],
    [{ kind: 'removed', down: { hostname: 'agent3.example', ip: '10.0.0.3' } }, 'outside'],
    [{ kind: 'lost-sight', forDays: 7 }, 'bot'],
  ])('files %j as done by: %s', (end, actor) => {
    const { audit } = narrated({ type: 'ended', at: at(90), end }, states.drained);
    expect(audit?.actor?.kind ?? 'bot').toBe(actor);
  });

  it.each([
    ['hastened', hastening, { by: alice, kind: 'hasten', maxGrace: 60 }],
    ['taken back', recalling, { by: alice, kind: 'take-back' }],
  ])('files on whose word a drain was changed, and how: %s', (_, state, facts) => {
    const events: DrainEvent[] = [
      { type: 'amended', at: at(62), leader },
      { type: 'amend-not-applied', at: at(62) },
      { type: 'amend-rejected', at: at(62), httpStatus: 403, body: 'no' },
    ];
    for (const event of events) expect(narrated(event, state).audit?.facts).toEqual(facts);
  });

  it('files a gone that the drain itself had ordered as done by the bot', () => {
    const event: DrainEvent = { type: 'ended', at: at(90), end: { kind: 'gone', goneAt: at(89) } };
    expect(narrated(event, states.draining, { markGone: true }).audit?.actor).toBeUndefined();
  });

  it('has a row for every event', () => {
    const types: Record<DrainEvent['type'], true> = {
      'call-accepted': true,
      'call-rejected': true,
      'call-unknown': true,
      'effect-seen': true,
      'no-effect-seen': true,
      progressed: true,
      'framework-left': true,
      'framework-slow': true,
      waiting: true,
      'moving-again': true,
      'looked-again': true,
      'drained-seen': true,
      'drained-unseen': true,
      'absent-seen': true,
      'listed-again': true,
      drained: true,
      ended: true,
      adopted: true,
      witnessed: true,
      'gone-planned': true,
      'gone-dropped': true,
      'stay-set': true,
      'return-begun': true,
      reminded: true,
      'amend-intended': true,
      'amend-accepted': true,
      'amend-rejected': true,
      'amend-unknown': true,
      'amend-no-effect-seen': true,
      'amend-not-applied': true,
      amended: true,
      'nudge-intended': true,
      'nudge-answered': true,
    };
    expect([...new Set(table.map(([event]) => event.type))].sort()).toEqual(Object.keys(types).sort());
  });

  it('tells how far it is by the count at the start, and not at all where that is not known', () => {
    const event: DrainEvent = { type: 'progressed', at: at(5), left: 2, quarter: 2 };
    expect(narrated(event, states.draining).say?.notice).toMatchObject({ left: 2, of: 4 });
    expect(narrated(event, states.draining, { tasksAtStart: null }).say).toBeNull();
  });

  it('tells since when it waits, not since when it is told', () => {
    const waiting = inDraining({ waiting: { cause, since: at(1), toldAt: null } });
    expect(narrated({ type: 'waiting', at: at(300), cause, tell: true }, waiting).say?.notice).toMatchObject({
      kind: 'waiting',
      since: at(1),
      requester: alice.userId,
    });
  });

  it('counts how long it took from the intent', () => {
    const event: DrainEvent = { type: 'drained', at: at(61.4), leader, proof: { by: 'master-and-agent' } };
    expect(narrated(event, states.draining).say?.notice).toMatchObject({ tookSeconds: 61, tasks: 4 });
  });

  it.each([
    ['drained before', states.drained, true],
    ['never proven drained', states.draining, false],
  ] as const)('says at the end that it was %s', (_, state, wasDrained) => {
    const event: DrainEvent = { type: 'ended', at: at(90), end: { kind: 'removed' } };
    expect(narrated(event, state).say?.notice).toMatchObject({ kind: 'ended', wasDrained });
  });
});
