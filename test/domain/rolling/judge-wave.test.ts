import { describe, expect, it } from '@jest/globals';
import { agentId } from '../../../src/domain/ids.ts';
import type { LastInstances } from '../../../src/domain/rolling/alike.ts';
import { objectionsToWave, type WaveFacts } from '../../../src/domain/rolling/judge-wave.ts';
import type { RoomForWave } from '../../../src/domain/rolling/room-for-waves.ts';
import type { Unjudged } from '../../../src/domain/rolling.ts';
import { noon } from '../../support/samples.ts';

const of = (cpus: number, mem = cpus * 1000) => ({ cpus, mem, disk: 0, gpus: 0 });
const room = (over: Partial<RoomForWave> = {}): WaveFacts['room'] => ({
  known: true,
  value: {
    asOf: noon,
    agents: 2,
    uncounted: 0,
    free: of(5),
    needed: of(3),
    total: of(10),
    misfits: null,
    ...over,
  },
});
const last = (...on: string[]): LastInstances => ({
  framework: 'f1',
  frameworkName: 'marathon',
  name: 'web',
  count: 2,
  agents: on.map(agentId),
});
const hidden = { id: 'f2', name: 'chronos', why: 'it is hidden' };
const blind = { known: false as const, why: 'not listed' };
const all: Unjudged = { room: false, frameworks: [] };

describe('what speaks against a wave', () => {
  it.each<[string, Partial<WaveFacts>, number, Unjudged, string[]]>([
    ['nothing where there is room and no last instance', {}, 0, all, []],
    ['nothing where nothing runs on it', { room: null }, 50, all, []],
    ['the last instances of a name together', { last: [last('a', 'b')] }, 0, all, ['last-instances']],
    ['not those that run on one agent alone', { last: [last('a')] }, 0, all, []],
    ['that the rest has too little', { room: room({ needed: of(6) }) }, 0, all, ['no-room']],
    [
      'a task that fits on no single agent',
      { room: room({ misfits: { count: 1, largest: { name: 'db', needs: of(4) } } }) },
      0,
      all,
      ['no-room'],
    ],
    ['that too little would stay free', {}, 21, all, ['too-little-free']],
    ['not that just enough would', {}, 20, all, []],
    ['that nobody knows the room', { room: blind }, 0, all, ['not-known']],
    ['that nobody knows other instances', { unknown: [hidden] }, 0, all, ['not-known']],
    [
      'not what nobody knew when it was shown',
      { room: blind, unknown: [hidden] },
      0,
      { room: true, frameworks: ['f2'] },
      [],
    ],
    [
      'the last instances before the room',
      { last: [last('a', 'b')], room: room({ needed: of(6) }) },
      0,
      all,
      ['last-instances', 'no-room'],
    ],
  ])('is %s', (_, facts, percent, unjudged, codes) => {
    const whole = { room: room(), last: [], unknown: [], ...facts };
    expect(objectionsToWave(whole, percent, unjudged).map(({ code }) => code)).toEqual(codes);
  });
});
