import { describe, expect, it } from '@jest/globals';
import type {
  AgentSighting,
  Diagnosis,
  MasterSighting,
  RegisteredAgent,
  Sighting,
} from '../../../src/domain/agent.ts';
import type { Amendment } from '../../../src/domain/drain/amendment.ts';
import { causeOf } from '../../../src/domain/drain/cause.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { isStrange, mostNudges, nudgeDue } from '../../../src/domain/drain/nudge.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { Drain } from '../../../src/domain/drain.ts';
import { seconds } from '../../../src/domain/ids.ts';
import {
  agent,
  asked,
  at,
  drain,
  draining,
  inDraining,
  leader,
  notAsked,
  operation,
  otherLeader,
  shows,
  sighting,
  takingBack,
  task,
} from '../../support/samples.ts';

const hastening: Amendment = {
  ...takingBack(1, 'checking'),
  change: { kind: 'hasten', maxGrace: seconds(60) },
};
const idle = asked(0, { draining: false });

/** Looks at a drain one after another; after which of them a nudge is due. Each nudge is answered at once. */
function nudgedAt(
  looks: [second: number, master?: MasterSighting, own?: AgentSighting, diagnosis?: Diagnosis][],
  begun: Drain = drain({ state: inDraining({ waiting: null }) }),
): number[] {
  const nudged: number[] = [];
  let now = begun;
  for (const [second, master = shows(draining), own = idle, diagnosis = null] of looks) {
    const seen: Sighting = { ...sighting(second, master, own), diagnosis };
    now = observe(now, seen, null).reduce(evolve, now);
    if (!nudgeDue(now, seen)) continue;
    nudged.push(second);
    now = evolve(now, { type: 'nudge-intended', at: at(second) });
    now = evolve(now, { type: 'nudge-answered', at: at(second), outcome: 'accepted', why: null });
  }
  return nudged;
}

const every5s = (until: number, from = 1) =>
  Array.from({ length: (until - from) / 5 + 1 }, (_, n) => [from + 5 * n] as [number]);

describe('a master that missed its own check', () => {
  it('is nudged after two reads that show nothing left, 30 s apart', () => {
    expect(nudgedAt(every5s(91))).toEqual([31, 91]);
    expect(nudgedAt([[1], [30.999]])).toEqual([]);
    expect(nudgedAt([[1], [31]])).toEqual([31]);
  });

  it('is nudged once a minute and five times at most, whatever comes of it', () => {
    const nudged = nudgedAt(every5s(1_201));
    expect(nudged).toEqual([31, 91, 151, 211, 271]);
    expect(nudged).toHaveLength(mostNudges);
  });

  it.each<[string, [number, MasterSighting?, AgentSighting?]]>([
    ['a task', [16, shows(draining), asked(1)]],
    ['an end that is not acknowledged', [16, shows(draining), asked(0, { tasks: [ended()] })]],
    ['an operation on the agent’s own resources', [16, shows(draining), asked(0, { pendingOperations: 1 })]],
    ['an agent that hides what it drains', [16, shows(draining), asked(0, { draining: true })]],
    ['no answer of the agent', [16, shows(draining), notAsked]],
    ['no answer of the master', [16, { kind: 'not-read', why: 'refused' }]],
    ['a failover', [16, { kind: 'recovered', leader }]],
    ['another leader', [16, shows(draining, otherLeader)]],
  ])('is not nudged when %s was seen between the two reads', (_, between) => {
    expect(nudgedAt([[1], between, [31], [40]])).toEqual([]);
  });

  it('is nudged in spite of operations on resource providers, for which it does not wait', () => {
    const own = asked(0, { operations: [operation({ resourceProvider: 'lvm-1' })] });
    expect(
      nudgedAt([
        [1, shows(draining), own],
        [31, shows(draining), own],
      ]),
    ).toEqual([31]);
  });

  it.each<[string, Drain, MasterSighting]>([
    ['a drain that marks its agent gone', begun({ markGone: true }), shows({ ...draining, markGone: true })],
    ['a deactivation', begun({ way: 'deactivate', maxGrace: null }), has({ deactivated: true })],
    ['an agent of Mesos 1.9', begun(), has({ drain: draining, version: '1.9.0' })],
    ['a drain that is being changed', begun({}, hastening), shows(draining)],
  ])('is not nudged for %s', (_, drained, master) => {
    expect(
      nudgedAt(
        [
          [1, master],
          [31, master],
          [91, master],
        ],
        drained,
      ),
    ).toEqual([]);
  });

  it('is not what holds a drain up whose agent lists nothing and still drains: it may hide its tasks', () => {
    const hiding = asked(0, { draining: true });
    expect(
      nudgedAt([
        [1, shows(draining), hiding],
        [31, shows(draining), hiding],
        [91, shows(draining), hiding],
      ]),
    ).toEqual([]);
    const cause = (master: MasterSighting) => causeOf(drain(), sighting(5, master, hiding), at(5), null);
    expect(cause(shows(draining))).toMatchObject({ code: 'not-known' });
    expect(cause(has({ drain: draining, version: '1.9.0' }))).toMatchObject({
      code: 'missed-check',
      held: 'version-1.9',
    });
  });

  it('is not nudged again while the answer to the last one may still come', () => {
    const state = inDraining({
      waiting: { cause: missed(1), since: at(1), toldAt: null },
      nudges: { sent: 1, lastAt: at(31), calling: true },
    });
    expect(nudgeDue(drain({ state }), sighting(200, shows(draining), idle))).toBe(false);
  });
});

describe('an agent that can not be asked', () => {
  const none: Diagnosis = {
    at: at(1),
    tasks: { known: true, value: [] },
    operations: { known: true, value: [] },
  };
  const unused = { cpus: 0, mem: 0, disk: 0, gpus: 0 };
  const empty = has({ drain: draining, used: unused });

  it('is believed to hold nothing on the master’s own lists, where it shows nothing in use', () => {
    expect(
      nudgedAt([
        [1, empty, notAsked, none],
        [31, empty, notAsked, { ...none, at: at(31) }],
      ]),
    ).toEqual([31]);
  });

  it('is not nudged once the master says DRAINED, whoever can not be asked', () => {
    const says = has({ drain: { ...draining, state: 'DRAINED' }, used: unused });
    expect(
      nudgedAt([
        [1, empty, notAsked, none],
        [31, says, notAsked, none],
        [40, says, notAsked, none],
      ]),
    ).toEqual([]);
  });

  it('is not, as long as the lists were read once only', () => {
    const later = { ...none, at: at(601) };
    expect(
      nudgedAt([
        [1, empty, notAsked, none],
        [31, empty, notAsked, none],
        [596, empty, notAsked, none],
        [601, empty, notAsked, later],
        [661, empty, notAsked, later],
      ]),
    ).toEqual([601, 661]);
  });

  it.each<[string, MasterSighting, Diagnosis | undefined]>([
    ['nobody read the lists', empty, undefined],
    ['resources are in use', has({ drain: draining, used: { ...unused, cpus: 0.5 } }), none],
    ['a list could not be read', empty, { ...none, operations: { known: false, why: '403' } }],
    ['a task is listed', empty, { ...none, tasks: { known: true, value: [task()] } }],
    ['an operation is listed', empty, { ...none, operations: { known: true, value: [operation()] } }],
  ])('is not, where %s', (_, master, diagnosis) => {
    const look = (second: number) =>
      [second, master, notAsked, diagnosis && { ...diagnosis, at: at(second) }] as Parameters<
        typeof nudgedAt
      >[0][0];
    expect(nudgedAt([look(1), look(31), look(91)])).toEqual([]);
  });
});

describe('after a nudge', () => {
  it('the drain is known again by what the master then shows, for our own call began it anew', () => {
    const word = { leader, startedAt: at(0) };
    const nudged = drain({
      goneNext: true,
      state: inDraining({ witness: word, nudges: { sent: 1, lastAt: at(31), calling: true } }),
    });
    const answer = (outcome: 'accepted' | 'unknown') =>
      evolve(nudged, { type: 'nudge-answered', at: at(32), outcome, why: null }).state;
    expect(answer('accepted')).toMatchObject({ witness: null, nudges: { calling: false } });
    expect(answer('unknown')).toMatchObject({ witness: word, nudges: { calling: false } });
  });

  it.each([
    ['the drain that was witnessed', leader, 0, false],
    ['the drain of another leader', otherLeader, 0, true],
    ['a drain that somebody began anew', leader, 20, true],
  ])('nothing is covered up that came before it: %s', (_, by, begunAt, strange) => {
    const word = { leader, startedAt: at(0) };
    const nudged = drain({
      goneNext: true,
      state: inDraining({ witness: word, nudges: { sent: 1, lastAt: at(31), calling: true } }),
    });
    const seen: MasterSighting = {
      kind: 'registered',
      leader: by,
      agent: agent({ drain: draining, drainStartedAt: at(begunAt) }),
    };
    expect(isStrange(nudged, seen)).toBe(strange);
    const answer = { type: 'nudge-answered', at: at(32), outcome: 'accepted', why: null } as const;
    const after = evolve(nudged, strange ? { ...answer, strange } : answer);
    expect(after.state).toMatchObject({ witness: strange ? word : null });
  });

  it.each([
    ['the first', 0, null, 1],
    ['another', 2, 91, 91],
  ])('people are told where %s can not leave', (_, sent, lastAt, from) => {
    const state = inDraining({
      progress: { left: 0, quarter: 3, movedAt: at(1) },
      waiting: { cause: missed(sent), since: at(1), toldAt: null },
      nudges: { sent, lastAt: lastAt === null ? null : at(lastAt), calling: false },
    });
    const told = (second: number) =>
      observe(drain({ state }), sighting(second, shows(draining), idle), null).some(
        (event) => event.type === 'waiting' && event.tell,
      );
    expect(told(from + 179)).toBe(false);
    expect(told(from + 180)).toBe(true);
  });

  it('people are told that the last came to nothing, also when they heard of the wait before', () => {
    const state = inDraining({
      progress: { left: 0, quarter: 3, movedAt: at(1) },
      waiting: { cause: missed(5), since: at(1), toldAt: at(181) },
      nudges: { sent: 5, lastAt: at(871), calling: false },
    });
    const told = (second: number) =>
      observe(drain({ state }), sighting(second, shows(draining), idle), null).map(
        (event) => event.type === 'waiting' && event.tell,
      );
    expect(told(930)).toEqual([]);
    expect(told(931)).toEqual([true]);
  });

  it('people are told when the last has come to nothing', () => {
    const state = inDraining({
      progress: { left: 0, quarter: 3, movedAt: at(1) },
      waiting: { cause: missed(5), since: at(1), toldAt: null },
      nudges: { sent: 5, lastAt: at(271), calling: false },
    });
    const told = (second: number) =>
      observe(drain({ state }), sighting(second, shows(draining), idle), null).map(
        (event) => event.type === 'waiting' && event.tell,
      );
    expect(told(330)).toEqual([]);
    expect(told(331)).toEqual([true]);
  });
});

/** A registered agent of this kind. */
function has(over: Partial<RegisteredAgent>): MasterSighting {
  return { kind: 'registered', leader, agent: agent(over) };
}

function ended() {
  return task({ state: 'TASK_KILLED', terminalUnacknowledged: true });
}

function missed(nudges: number) {
  return { code: 'missed-check' as const, by: 'agent' as const, leader, nudges, held: null };
}

function begun(over: Partial<Drain> = {}, amendment: Amendment | null = null): Drain {
  return drain({ state: inDraining({ waiting: null, amendment }), ...over });
}
