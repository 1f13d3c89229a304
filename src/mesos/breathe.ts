import type { Clock } from '../app/ports.ts';

/** How long a read may work in one go, in ms, and what it takes on at once, in bytes. */
const breathMs = 25;
const pieceBytes = 16 * 1024;

/** Does `work` with bytes piece by piece, and lets the event loop turn when that has taken a while. Unpacked chunks
 * come a turn of the loop each, but plain ones of a socket up to 2 MB in one (libuv, uv__read). */
export function breathing(
  clock: Clock,
  work: (piece: Uint8Array) => void,
): (bytes: Uint8Array) => Promise<void> {
  let worked = 0;
  return async (bytes) => {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const from = clock.now();
      work(bytes.subarray(at, at + pieceBytes));
      worked += clock.now() - from;
      if (worked < breathMs) continue;
      await new Promise<void>((resolve) => {
        clock.after(0, resolve);
      });
      worked = 0;
    }
  };
}
