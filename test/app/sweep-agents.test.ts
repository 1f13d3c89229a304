import { describe, expect, it } from '@jest/globals';
import { makeSweepAgents } from '../../src/app/drains/sweep-agents.ts';
import type { StoredDrain } from '../../src/app/ports.ts';
import type { KnownAgent } from '../../src/domain/agent.ts';
import { judging } from '../../src/domain/drain/proof.ts';
import { agentId } from '../../src/domain/ids.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import {
  agent,
  at,
  drain,
  drained,
  known,
  leader,
  shows,
  states,
  unexplained,
  unreachable,
} from '../support/samples.ts';

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

  it.each([
    ['unreachable', unreachable(), 'unreachable'],
    ['not explained', unexplained, 'unlisted'],
  ] as const)('asks about an agent that left the list: %s', async (_, lookAt, state) => {
    const { pass, committed } = sweeper([lost(1)], { lookAt });
    await pass();
    expect(committed.remembered).toContainEqual({ ...lost(1), state });
  });

  it('does not ask about agents that are gone', async () => {
    const { pass, reads } = sweeper([lost(1, 'gone')]);
    await pass();
    expect(reads).not.toContain('lookAt');
  });

  it('asks about the 20 seen last, and calls no other missing agent active', async () => {
    const directory = [lost(0, 'unreachable'), ...Array.from({ length: 24 }, (_, n) => lost(n + 1))];
    const { pass, committed, reads } = sweeper(directory, { lookAt: unreachable() });
    await pass();
    expect(reads.filter((read) => read === 'lookAt')).toHaveLength(20);
    const states = Object.fromEntries(committed.remembered.map(({ agentId: id, state }) => [id, state]));
    expect(states).toMatchObject({
      'lost-S24': 'unreachable',
      'lost-S5': 'unreachable',
      'lost-S4': 'unlisted',
    });
    expect(states).not.toHaveProperty('lost-S0');
  });

  it('does not go on asking a master that fell silent', async () => {
    const directory = Array.from({ length: 5 }, (_, n) => lost(n + 1));
    const { pass, committed, reads } = sweeper(directory, { lookAt: { kind: 'not-read', why: 'no answer' } });
    await pass();
    expect(reads.filter((read) => read === 'lookAt')).toHaveLength(1);
    expect(committed.remembered.map(({ state }) => state)).toEqual(['active', ...Array(5).fill('unlisted')]);
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
