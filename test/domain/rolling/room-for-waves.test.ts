import { describe, expect, it } from '@jest/globals';
import type { KnownAgent, Room } from '../../../src/domain/agent.ts';
import { agentId as agentIdOf } from '../../../src/domain/ids.ts';
import { shortOf } from '../../../src/domain/preview/room.ts';
import { percentLeftFree, roomForWaves, type WaveTasks } from '../../../src/domain/rolling/room-for-waves.ts';
import { known, task } from '../../support/samples.ts';

const room = (cpus: number): Room => ({ cpus, mem: cpus * 1000, disk: 0, gpus: 0 });
const id = (n: number) => agentIdOf(`x-S${n}`);

/** An agent of 8 CPUs with so many of them free. */
const agent = (n: number, free: number, over: Partial<KnownAgent> = {}): KnownAgent =>
  known({ agentId: id(n), room: { total: room(8), used: room(8 - free) }, ...over });
/** A wave of one agent, with one task of so many CPUs. */
const wave = (n: number, cpus: number): WaveTasks => ({
  agents: [id(n)],
  tasks: { known: true, value: [task({ resources: room(cpus) })] },
});
const directory = [agent(1, 4), agent(2, 4), agent(3, 4), agent(9, 5)];

describe('the room for waves', () => {
  it('is less for each, for the tasks of those before it have gone there too', () => {
    const rooms = roomForWaves([wave(1, 4), wave(2, 4), wave(3, 4)], directory, false);
    expect(rooms.map((each) => each.known && [each.value.needed.cpus, each.value.free.cpus])).toEqual([
      [4, 5],
      [8, 5],
      [12, 5],
    ]);
    expect(rooms.map((each) => (each.known ? shortOf(each.value) : null))).toEqual([
      [],
      ['cpus', 'mem'],
      ['cpus', 'mem'],
    ]);
  });

  it('grows where agents come back, empty', () => {
    const rooms = roomForWaves([wave(1, 4), wave(2, 4), wave(3, 4)], directory, true);
    expect(rooms.map((each) => each.known && each.value.free.cpus)).toEqual([5, 13, 21]);
  });

  it('is not known from the wave on of which the tasks are not', () => {
    const blind: WaveTasks = { agents: [id(2)], tasks: { known: false, why: 'it could not be asked' } };
    const rooms = roomForWaves([wave(1, 4), blind, wave(3, 4)], directory, false);
    expect(rooms.map((each) => each.known)).toEqual([true, false, false]);
  });

  it('names a task of the wave that no single agent takes', () => {
    const [first, second] = roomForWaves([wave(1, 6), wave(2, 1)], [agent(8, 5), agent(9, 5)], false);
    expect(first).toMatchObject({ value: { misfits: { count: 1 } } });
    expect(second).toMatchObject({ value: { misfits: null } });
  });

  it.each([
    [2, 37],
    [5, 0],
    [6, -13],
  ])('with %d CPUs more in use leaves %d percent free', (cpus, percent) => {
    const [only] = roomForWaves([wave(1, cpus)], directory.slice(3), false);
    expect(only?.known === true && percentLeftFree(only.value).percent).toBe(percent);
  });
});
