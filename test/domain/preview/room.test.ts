import { describe, expect, it } from '@jest/globals';
import type { KnownAgent, Room } from '../../../src/domain/agent.ts';
import { agentId as agentIdOf } from '../../../src/domain/ids.ts';
import { roomElsewhere, shortOf } from '../../../src/domain/preview/room.ts';
import { agentId, at, known, noon, task } from '../../support/samples.ts';

const room = (cpus: number, mem = cpus * 1000): Room => ({ cpus, mem, disk: 0, gpus: 0 });

/** An agent of 8 CPUs and 8000 MB with so much of it free. */
function other(n: number, free: Room, over: Partial<KnownAgent> = {}): KnownAgent {
  const used = { ...room(8 - free.cpus, 8000 - free.mem) };
  return known({ agentId: agentIdOf(`x-S${n}`), room: { total: room(8), used }, ...over });
}

const needs = (name: string, resources: Room) => task({ name, resources });
const self = known({ room: { total: room(64), used: room(0) } });

describe('room elsewhere', () => {
  it('is what is free on the other active agents, as of the oldest look', () => {
    const directory = [self, other(1, room(2), { lastSeenAt: at(60) }), other(2, room(3))];
    expect(roomElsewhere([needs('web', room(1)), needs('api', room(2))], [agentId], directory)).toEqual({
      known: true,
      value: {
        asOf: noon,
        agents: 2,
        uncounted: 0,
        free: room(5),
        needed: room(3),
        misfits: null,
      },
    });
  });

  it.each<KnownAgent['state']>([
    'deactivated',
    'draining',
    'drained',
    'disconnected',
    'recovered',
    'unreachable',
    'gone',
    'unlisted',
  ])('is none on an agent that is %s', (state) => {
    expect(roomElsewhere([task()], [agentId], [self, other(1, room(8), { state })])).toMatchObject({
      known: false,
    });
  });

  it.each<[string, KnownAgent[], string]>([
    ['nothing is listed', [], 'have not been listed yet'],
    ['no other agent is active', [self], 'no other active one'],
    ['rows are from before', [self, other(1, room(8), { room: null })], 'learned to count'],
  ])('is not known where %s', (_, directory, why) => {
    expect(roomElsewhere([task()], [agentId], directory)).toEqual({
      known: false,
      why: expect.stringContaining(why),
    });
  });

  it('counts agents apart of which the room is not known', () => {
    const directory = [other(1, room(2)), other(2, room(2), { room: null })];
    expect(roomElsewhere([task()], [agentId], directory)).toMatchObject({
      value: { agents: 1, uncounted: 1 },
    });
  });

  it('names the largest task that no single agent has room for', () => {
    const tasks = [needs('small', room(1)), needs('big', room(3)), needs('fat', room(1, 7000))];
    const found = roomElsewhere(tasks, [agentId], [other(1, room(2)), other(2, room(2))]);
    expect(found).toMatchObject({
      value: { misfits: { count: 2, largest: { name: 'fat', needs: room(1, 7000) } } },
    });
    expect(found.known && shortOf(found.value)).toEqual(['cpus', 'mem']);
  });

  it('is not short by the last bits of a sum', () => {
    const tenths = Array.from({ length: 3 }, () => needs('tenth', room(0.1)));
    const found = roomElsewhere(tenths, [agentId], [other(1, room(0.3))]);
    expect(found.known && shortOf(found.value)).toEqual([]);
  });
});
