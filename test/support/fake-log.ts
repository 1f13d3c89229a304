import type { Log } from '../../src/app/ports.ts';

/** Remembers the messages of each level. */
export function fakeLog() {
  const lines: { level: keyof Log; message: string }[] = [];
  const at = (level: keyof Log) => (_facts: object, message: string) => void lines.push({ level, message });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
}
