import { describe, expect, it } from '@jest/globals';
import { makeSweepAgents } from '../../src/app/drains/sweep-agents.ts';
import type { StoredDrain } from '../../src/app/ports.ts';
import type { KnownAgent, RegistryWord } from '../../src/domain/agent.ts';
import { judging } from '../../src/domain/drain/proof.ts';
import { agentId } from '../../src/domain/ids.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { agent, at, channel, drain, drained, known, leader, shows, states } from '../support/samples.ts';

const sweepMs = 300_000;
const pollMs = 5_000;

function sweeper(directory: KnownAgent[], says: MasterSays = {}, outOfService: StoredDrain[] = []) {
  const { store, committed } = fakeStore({ directory });
  store.outOfService = async () => outOfService;
  const { master, reads } = fakeMaster(says);
  const { clock } = portClock();
  const reached: boolean[] = [];
  const pass = makeSweepAgents({
    store,
    master,
    clock,
    judging,
    log: fakeLog().log,
    newId: () => 'id',
    timing: { sweepMs, pollMs },
    clusterChannel: channel,
    onWritten: () => {},
    onSwept: (each) => void reached.push(each),
  });
  return { pass: () => pass(clock.now()), committed, reads, reached };
}

/** An agent that the sweep no longer lists, last seen so many seconds after noon. */
function lost(n: number, state: KnownAgent['state'] = 'active'): KnownAgent {
  return known({ agentId: agentId(`lost-S${n}`), state, lastSeenAt: at(n) });
}

describe('a sweep', () => {
  it('remembers what the master lists, and comes again after its time', async () => {
    const { pass, committed, reached } = sweeper([]);
    expect(await pass()).toBe(at(300));
    expect(committed.remembered).toMatchObject([
      { agentId: agent().agentId, state: 'active', lastSeenAt: at(0) },
    ]);
    expect(reached).toEqual([true]);
  });

  it.each<[string, RegistryWord | null, KnownAgent['state'], KnownAgent['state']]>([
    [
      'is unreachable',
      { kind: 'unreachable', since: at(1), drain: null, deactivated: false },
      'active',
      'unreachable',
    ],
    ['is gone', { kind: 'gone', at: at(1) }, 'unreachable', 'gone'],
    ['is in no list', { kind: 'none', down: [] }, 'active', 'unlisted'],
    ['is in no list any more', { kind: 'none', down: [] }, 'unreachable', 'unlisted'],
    ['came back meanwhile', { kind: 'admitted' }, 'active', 'active'],
    ['can not be asked about', null, 'active', 'unlisted'],
    ['can not be asked about now', null, 'unreachable', 'unreachable'],
  ])('asks the registry about an agent that left the list: it %s', async (_, registry, was, is) => {
    const says: MasterSays = registry === null ? { failing: ['registryOn'] } : { registry };
    const { pass, committed } = sweeper([lost(1, was)], says);
    await pass();
    expect(committed.remembered).toContainEqual({ ...lost(1), state: is });
  });

  it.each([
    ['are gone', lost(1, 'gone')],
    [
      'were unreachable when the registry forgot them',
      { ...lost(1, 'unreachable'), lastSeenAt: at(-16 * 86_400) },
    ],
    ['nobody could explain for an hour', { ...lost(1, 'unlisted'), lastSeenAt: at(-3_601) }],
  ] as const)('does not ask about agents that %s', async (_, agent) => {
    const { pass, reads } = sweeper([agent]);
    await pass();
    expect(reads).not.toContain('registryOn');
  });

  it('reads the registry once, however many agents are missing', async () => {
    const { pass, committed, reads } = sweeper(Array.from({ length: 24 }, (_, n) => lost(n + 1)));
    await pass();
    expect(reads.filter((read) => read === 'registryOn')).toHaveLength(1);
    expect(committed.remembered.filter(({ state }) => state === 'unlisted')).toHaveLength(24);
  });

  it.each([
    ['is judged by the list where it was proven before that', -1, shows(drained), false],
    [
      'is looked at where it was proven while the list was on its way, which may show it active',
      0,
      shows(null),
      true,
    ],
  ] as const)('what is out of service %s', async (_, provenAt, listed, asks) => {
    const registered = listed.kind === 'registered' ? [listed.agent] : [];
    const leads = { id: leader, version: '1.11.0', url: 'http://master1.example:5050', canDrain: true };
    const state = { ...states.drained, provenAt: at(provenAt) };
    const { pass, reads } = sweeper(
      [],
      { sweep: { leader: leads, registered, recovered: [] }, lookAt: shows(drained) },
      [{ drain: drain({ state }), checkedAt: null }],
    );
    // The store of this test refuses every write about a drain: nothing must be made of it.
    await pass();
    expect(reads.includes('lookAt')).toBe(asks);
  });

  it('comes again sooner when the master was silent, and forgets nothing', async () => {
    const { pass, committed, reached } = sweeper([lost(1)], { failing: ['sweep'] });
    expect(await pass()).toBe(at(20));
    expect(committed.remembered).toEqual([]);
    expect(reached).toEqual([false]);
  });
});
