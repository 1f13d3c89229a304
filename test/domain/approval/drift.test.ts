import { describe, expect, it } from '@jest/globals';
import type { Held } from '../../../src/domain/agent.ts';
import {
  type AgentNow,
  type Drift,
  driftOf,
  driftOfFirstCall,
  growthOf,
  witnessDrift,
} from '../../../src/domain/approval/drift.ts';
import type { FrameworkLoss, Loss } from '../../../src/domain/approval/loss.ts';
import type { MasterWord } from '../../../src/domain/approval/witness.ts';
import type { Approval } from '../../../src/domain/approval.ts';
import { drainId, seconds } from '../../../src/domain/ids.ts';
import { approval } from '../../support/approval-samples.ts';
import { at, drain, leader, otherLeader, states } from '../../support/samples.ts';

function volume(id: string, sizeMb = 1024, role = 'db'): Held {
  return { kind: 'volume', id, role, sizeMb };
}
function reservation(amount: number, resource = 'cpus', role = 'db'): Held {
  return { kind: 'reservation', role, resource, amount };
}
function runs(framework: string, tasks: number): FrameworkLoss {
  return { framework, name: framework, tasks };
}
function loss({
  alive = true,
  held = [],
  tasks,
}: {
  alive?: boolean;
  held?: Held[] | string;
  tasks?: FrameworkLoss[] | string;
}): Loss {
  const known = <T>(value: T[] | string) =>
    typeof value === 'string' ? { known: false as const, why: value } : { known: true as const, value };
  return { alive, held: known(held), tasks: tasks === undefined ? null : known(tasks) };
}
/** Drifts as the tables write them. */
function inShort(drifts: Drift[]): string {
  const words = drifts.map((drift) => {
    switch (drift.what) {
      case 'volume':
      case 'reservation':
        return `${drift.what} ${drift.held.kind === 'volume' ? drift.held.id : drift.held.resource}`;
      case 'framework':
        return `framework ${drift.framework.framework}`;
      case 'more-tasks':
        return `more-tasks ${drift.framework.framework} ${drift.shown}→${drift.framework.tasks}`;
      case 'not-known':
        return `not-known ${drift.fact}`;
      default:
        return drift.what;
    }
  });
  return words.length === 0 ? '-' : words.join(', ');
}

describe('what is held on the agent', () => {
  it.each<[string, Held[] | string, Held[] | string, string]>([
    ['nothing, then as now', [], [], '-'],
    ['the same', [volume('v1'), reservation(2)], [volume('v1'), reservation(2)], '-'],
    ['the same in another order', [volume('v1'), reservation(2)], [reservation(2), volume('v1')], '-'],
    ['less', [volume('v1'), volume('v2'), reservation(2)], [volume('v2')], '-'],
    ['smaller', [volume('v1', 2048), reservation(2)], [volume('v1', 1024), reservation(1)], '-'],
    ['a volume that was not shown', [volume('v1')], [volume('v1'), volume('v2')], 'volume v2'],
    ['one volume in place of another', [volume('v1')], [volume('v2')], 'volume v2'],
    ['a volume that has grown', [volume('v1', 1024)], [volume('v1', 1025)], 'volume v1'],
    ['a volume of no size', [], [volume('v1', 0)], 'volume v1'],
    ['a volume of no size, shown as such', [volume('v1', 0)], [volume('v1', 0)], '-'],
    ['a volume of the same name in another role', [volume('v1')], [volume('v1', 1024, 'web')], 'volume v1'],
    ['a reservation that was not shown', [], [reservation(0.1)], 'reservation cpus'],
    ['a reservation that has grown', [reservation(2)], [reservation(2.5)], 'reservation cpus'],
    // Mesos counts in thousandths.
    ['a reservation that has grown by the least', [reservation(2)], [reservation(2.001)], 'reservation cpus'],
    ['a reservation of another role', [reservation(2)], [reservation(2, 'cpus', 'web')], 'reservation cpus'],
    ['a reservation of another resource', [reservation(2)], [reservation(2, 'mem')], 'reservation mem'],
    // The master counts the pieces of one kind as it likes: only their sum is a size.
    ['a reservation in two parts', [reservation(2)], [reservation(1), reservation(1)], '-'],
    ['two parts made one', [reservation(1), reservation(1)], [reservation(2)], '-'],
    ['two parts that have grown', [reservation(2)], [reservation(1), reservation(1.5)], 'reservation cpus'],
    [
      'parts in another order',
      [reservation(0.3), reservation(0.2), reservation(0.1)],
      [reservation(0.1), reservation(0.2), reservation(0.3)],
      '-',
    ],
    [
      'several things at once',
      [reservation(2)],
      [volume('v1'), reservation(3), reservation(4, 'mem'), volume('v2')],
      'volume v1, reservation cpus, reservation mem, volume v2',
    ],
    ['known no more', [volume('v1')], 'the read failed', 'not-known held'],
    ['known no more, where nothing was shown', [], 'the read failed', 'not-known held'],
    // What was shown as not known was approved as such.
    ['known now, and not then', 'the read failed', [volume('v1'), reservation(2)], '-'],
    ['not known, then as now', 'the read failed', 'the read fails again', '-'],
  ])('%s', (_, shown, now, growth) => {
    expect(inShort(growthOf(loss({ held: shown }), loss({ held: now })))).toBe(growth);
  });
});

describe('the tasks that would be lost', () => {
  it.each<[string, FrameworkLoss[] | string | undefined, FrameworkLoss[] | string | undefined, string]>([
    ['none, then as now', [], [], '-'],
    // Counted, not named: a task replaced under a new id is no growth.
    ['as many', [runs('web', 4)], [runs('web', 4)], '-'],
    ['fewer', [runs('web', 4), runs('db', 1)], [runs('web', 1)], '-'],
    ['a framework that was not shown', [runs('web', 4)], [runs('web', 4), runs('db', 1)], 'framework db'],
    ['the first framework', [], [runs('db', 1)], 'framework db'],
    ['one more of few', [runs('web', 1)], [runs('web', 2)], '-'],
    ['two more of few', [runs('web', 1)], [runs('web', 3)], 'more-tasks web 1→3'],
    ['one more of ten', [runs('web', 10)], [runs('web', 11)], '-'],
    ['two more of ten', [runs('web', 10)], [runs('web', 12)], 'more-tasks web 10→12'],
    ['two more of nineteen', [runs('web', 19)], [runs('web', 21)], 'more-tasks web 19→21'],
    ['a tenth more of twenty', [runs('web', 20)], [runs('web', 22)], '-'],
    ['over a tenth more of twenty', [runs('web', 20)], [runs('web', 23)], 'more-tasks web 20→23'],
    ['a tenth more of a hundred', [runs('web', 100)], [runs('web', 110)], '-'],
    ['over a tenth more of a hundred', [runs('web', 100)], [runs('web', 111)], 'more-tasks web 100→111'],
    [
      'more here, fewer there',
      [runs('web', 10), runs('db', 10)],
      [runs('web', 20), runs('db', 1)],
      'more-tasks web 10→20',
    ],
    [
      'several frameworks at once',
      [runs('web', 1)],
      [runs('api', 1), runs('web', 9), runs('db', 1)],
      'framework api, more-tasks web 1→9, framework db',
    ],
    ['known no more', [runs('web', 4)], '403', 'not-known tasks'],
    ['known no more, where none were shown', [], '403', 'not-known tasks'],
    ['known now, and not then', '403', [runs('web', 9)], '-'],
    ['not known, then as now', '403', '403', '-'],
    // They end as in any drain: a cost, and no loss.
    ['no loss of this act', undefined, undefined, '-'],
    ['no loss of what was asked for', undefined, [runs('web', 4)], '-'],
    ['no loss any more', [runs('web', 4)], undefined, '-'],
  ])('%s', (_, shown, now, growth) => {
    const of = (tasks: typeof shown) => loss(tasks === undefined ? {} : { tasks });
    expect(inShort(growthOf(of(shown), of(now)))).toBe(growth);
  });

  it('are compared by the framework’s id, whatever it calls itself', () => {
    const shown = loss({ tasks: [{ framework: 'f-1', name: 'web', tasks: 4 }] });
    expect(growthOf(shown, loss({ tasks: [{ framework: 'f-1', name: 'WEB', tasks: 4 }] }))).toEqual([]);
    expect(growthOf(shown, loss({ tasks: [{ framework: 'f-2', name: 'web', tasks: 4 }] }))).toEqual([
      { what: 'framework', framework: { framework: 'f-2', name: 'web', tasks: 4 } },
    ]);
  });
});

describe('whether it is alive', () => {
  it.each([
    [true, true, '-'],
    [false, false, '-'],
    [false, true, 'alive'],
    [true, false, 'away'],
  ])('shown as alive %s, now %s: %s', (shown, now, drift) => {
    expect(inShort(growthOf(loss({ alive: shown }), loss({ alive: now })))).toBe(drift);
  });
});

const word: MasterWord = { leader, startedAt: at(5) };

describe('the drain at the master', () => {
  it.each<[string, MasterWord | null, MasterWord | null, string]>([
    ['none, then as now', null, null, '-'],
    ['the same', word, { ...word }, '-'],
    [
      'the same, of a leader that never knew its start',
      { leader, startedAt: null },
      { leader, startedAt: null },
      '-',
    ],
    ['begun anew', word, { ...word, startedAt: at(6) }, 'drain-begun-anew'],
    ['without its start', word, { ...word, startedAt: null }, 'drain-begun-anew'],
    ['with a start that it had not', { leader, startedAt: null }, word, 'drain-begun-anew'],
    // What happened between the two, nobody saw.
    ['at another leader', word, { ...word, leader: otherLeader }, 'leader'],
    ['at another leader that lost its start', word, { leader: otherLeader, startedAt: null }, 'leader'],
    ['there, and not any more', word, null, 'leader'],
    ['never witnessed, and there', null, word, 'leader'],
  ])('%s', (_, before, now, drift) => {
    expect(inShort(witnessDrift(before, now))).toBe(drift);
  });
});

/** The agent as the sample approval showed it. */
function asShown(over: Partial<AgentNow> = {}): AgentNow {
  const { hostname, address, loss: shown, act } = approval();
  return {
    hostname,
    address,
    loss: shown,
    act,
    first: { step: 'call' },
    witness: null,
    masterWordOnly: false,
    ...over,
  };
}

describe('an approval', () => {
  it.each<[string, Partial<Approval>, Partial<AgentNow>, Drift[]]>([
    ['of what is still so', {}, {}, []],
    [
      'of another hostname',
      {},
      { hostname: 'agent9.example' },
      [{ what: 'hostname', shown: 'agent3.example', now: 'agent9.example' }],
    ],
    [
      'of another address',
      {},
      { address: { ip: '10.0.0.9', port: 5051 } },
      [{ what: 'address', shown: '10.0.0.3:5051', now: '10.0.0.9:5051' }],
    ],
    [
      'of another port',
      {},
      { address: { ip: '10.0.0.3', port: 5052 } },
      [{ what: 'address', shown: '10.0.0.3:5051', now: '10.0.0.3:5052' }],
    ],
    [
      'of an address that is known no more',
      {},
      { address: null },
      [{ what: 'address', shown: '10.0.0.3:5051', now: 'not known' }],
    ],
    [
      'of one that was not known',
      { address: null },
      {},
      [{ what: 'address', shown: 'not known', now: '10.0.0.3:5051' }],
    ],
    ['of an address not known, then as now', { address: null }, { address: null }, []],
    [
      'of a larger loss',
      {},
      { loss: loss({ held: [volume('v1')] }) },
      [{ what: 'volume', held: volume('v1') }],
    ],
    [
      'of a dead machine that is back',
      { loss: loss({ alive: false }) },
      { loss: loss({ alive: true }) },
      [{ what: 'alive' }],
    ],
    [
      'of a dead machine that is dead',
      { loss: loss({ alive: false }) },
      { loss: loss({ alive: false }) },
      [],
    ],
    [
      'of a loss that nobody can tell any more, and why',
      {},
      { loss: loss({ held: '403' }) },
      [{ what: 'not-known', fact: 'held', why: '403' }],
    ],
  ])('covers nothing but what it showed: %s', (_, shown, now, drift) => {
    expect(driftOf(approval(shown), asShown(now))).toEqual(drift);
    expect(driftOfFirstCall(approval(shown), asShown(now))).toEqual(drift);
  });

  it('names all at once', () => {
    const now = asShown({ hostname: 'x', address: null, loss: loss({ alive: false, held: [volume('v1')] }) });
    expect(inShort(driftOf(approval(), now))).toBe('hostname, address, away, volume v1');
  });
});

describe('the first call', () => {
  const d17 = drain({ state: states.draining });
  const ours: Partial<AgentNow> = { first: { step: 'ours', drain: d17 }, witness: word };
  const goesOn: Partial<Approval> = { drain: d17.id, witness: word };
  const follows: Partial<Approval> = { witness: word };
  const adopt: Partial<AgentNow> = { first: { step: 'adopt', maxGrace: seconds(600) }, witness: word };

  it.each<[string, Partial<Approval>, Partial<AgentNow>, string]>([
    ['begins by a call, as shown', {}, {}, '-'],
    ['goes on from our drain, as shown', goesOn, ours, '-'],
    ['follows somebody else’s drain, as shown', follows, adopt, '-'],
    // Somebody began a drain while people voted.
    ['would go on from our drain, shown was a call', {}, ours, 'drain-begun-anew'],
    ['would follow somebody else’s drain, shown was a call', {}, adopt, 'drain-begun-anew'],
    ['would go on from our drain, shown was somebody else’s', follows, ours, 'drain-begun-anew'],
    ['would be a call, shown was our drain', goesOn, {}, 'drain-begun-anew'],
    ['would be a call, shown was somebody else’s drain', follows, {}, 'drain-begun-anew'],
    [
      'would go on from another drain of ours',
      goesOn,
      { ...ours, first: { step: 'ours', drain: drain({ id: drainId(18) }) } },
      'drain-begun-anew',
    ],
    [
      'goes on from a drain that began anew',
      goesOn,
      { ...ours, witness: { ...word, startedAt: at(9) } },
      'drain-begun-anew',
    ],
    [
      'goes on from a drain at another leader',
      goesOn,
      { ...ours, witness: { ...word, leader: otherLeader } },
      'leader',
    ],
    [
      'follows a drain that began anew',
      follows,
      { ...adopt, witness: { ...word, startedAt: at(9) } },
      'drain-begun-anew',
    ],
    [
      'follows a drain at another leader',
      follows,
      { ...adopt, witness: { ...word, leader: otherLeader } },
      'leader',
    ],
    // The act is exact.
    [
      'has another grace',
      {},
      { act: { kind: 'drain-then-gone', maxGrace: seconds(60) } },
      'drain-begun-anew',
    ],
    ['has no grace', {}, { act: { kind: 'drain-then-gone', maxGrace: null } }, 'drain-begun-anew'],
    ['is another one', {}, { act: { kind: 'drain-unattended', maxGrace: seconds(600) } }, 'drain-begun-anew'],
    [
      'is meant for the dead, and was for whatever is there',
      { act: { kind: 'mark-gone', now: true } },
      { act: { kind: 'mark-gone', now: false } },
      'drain-begun-anew',
    ],
    [
      'is the same act',
      { act: { kind: 'mark-gone', now: true } },
      { act: { kind: 'mark-gone', now: true } },
      '-',
    ],
    // Emptiness would be the master's word alone.
    ['of an agent that can not be asked any more', {}, { masterWordOnly: true }, 'master-word-only'],
    [
      'of an agent that could not be asked, as shown',
      { masterWordOnly: true },
      { masterWordOnly: true },
      '-',
    ],
    ['of an agent that can be asked now', { masterWordOnly: true }, {}, '-'],
    [
      'of which nothing is as it was',
      {},
      { ...ours, hostname: 'x', masterWordOnly: true },
      'hostname, drain-begun-anew, master-word-only',
    ],
  ])('%s', (_, shown, now, drift) => {
    expect(inShort(driftOfFirstCall(approval(shown), asShown(now)))).toBe(drift);
  });

  it('judges more than the second: how it begins is its own matter', () => {
    expect(driftOf(approval(), asShown({ ...ours, masterWordOnly: true }))).toEqual([]);
  });
});
