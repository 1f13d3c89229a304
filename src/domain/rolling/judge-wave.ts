import { shortOf } from '../preview/room.ts';
import type { Known } from '../preview.ts';
import type { Unjudged, WaveObjection } from '../rolling.ts';
import { isTogether, type LastInstances } from './alike.ts';
import { percentLeftFree, type RoomForWave } from './room-for-waves.ts';

/** What is known of one wave just before it begins, or as it is shown. */
export interface WaveFacts {
  /** Null: nothing runs on it. */
  room: Known<RoomForWave> | null;
  /** What it would take the last instances of. */
  last: readonly LastInstances[];
  /** The frameworks of which nobody can say that. */
  unknown: readonly { id: string; name: string | null; why: string }[];
}

/** Everything that speaks against a wave as such, the weightiest first; empty: nothing does. `unjudged`: what was not known
 * when it was shown, which is no objection now. */
export function objectionsToWave(
  { room, last, unknown }: WaveFacts,
  minFreePercent: number,
  unjudged: Unjudged,
): WaveObjection[] {
  const together = last.filter(isTogether);
  const news = unknown.filter(({ id }) => !unjudged.frameworks.includes(id));
  return [
    ...(together.length === 0
      ? []
      : [
          {
            code: 'last-instances' as const,
            names: together.map(({ framework, frameworkName, name, count }) => ({
              framework: frameworkName ?? framework,
              name: name ?? '',
              instances: count,
            })),
          },
        ]),
    ...(room === null ? [] : ofRoom(room, minFreePercent, unjudged)),
    ...news.slice(0, 1).map(({ id, name, why }) => ({
      code: 'not-known' as const,
      what: 'instances' as const,
      why: `${name ?? id}: ${why}`,
    })),
  ];
}

function ofRoom(room: Known<RoomForWave>, wantedPercent: number, unjudged: Unjudged): WaveObjection[] {
  if (!room.known) return unjudged.room ? [] : [{ code: 'not-known', what: 'room', why: room.why }];
  const short = shortOf(room.value);
  const misfits = room.value.misfits?.count ?? 0;
  if (short.length > 0 || misfits > 0) return [{ code: 'no-room', short, misfits }];
  const { kind, percent } = percentLeftFree(room.value);
  return wantedPercent > 0 && percent < wantedPercent
    ? [{ code: 'too-little-free', kind, freePercent: percent, wantedPercent }]
    : [];
}
