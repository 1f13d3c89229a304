import { type DestinationStream, pino } from 'pino';
import type { Clock, Log } from './app/ports.ts';
import { iso } from './domain/ids.ts';
import { redact } from './redact.ts';

/** What each level means is who acts on it.
 * - `error`: someone must act now; a healthy system writes none.
 * - `warn`: the bot coped, but somebody should look at it in working hours.
 * - `info`: what an operator wants to have read afterwards: starts, stops, drains, lost and regained links.
 * - `debug`: each pass and each request, for whoever hunts a fault. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** JSON lines on stdout: `{"level":"info","time":"…Z",…facts,"msg":"…"}`, without secrets: names and shapes that
 * redact.ts knows, and each of `secrets` to the letter. An Error under `err` keeps its type, message, code, stack
 * and causes and nothing else: foreign errors carry whole requests. Not the audit log. */
export function createLogger(options: {
  level: LogLevel;
  clock: Clock;
  secrets?: readonly string[];
  /** Null or left out: stdout. */
  out?: DestinationStream | null;
}): Log {
  const { level, clock, secrets = [], out = null } = options;
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${iso(clock.now())}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (thrown: unknown) => showError(thrown, 0) },
      // Last, on the finished line: nothing gets past it by being nested, renamed or part of a message.
      hooks: { streamWrite: (line) => redact(line, secrets) },
    },
    out ?? pino.destination({ fd: 1, sync: true }),
  );
}

const longestText = 2_000;
const deepestCause = 5;

function showError(thrown: unknown, depth: number): unknown {
  if (!(thrown instanceof Error)) return typeof thrown === 'string' ? thrown.slice(0, longestText) : thrown;
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  return {
    type: thrown.name,
    message: thrown.message.slice(0, longestText),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack.slice(0, 2 * longestText) }),
    ...(thrown.cause === undefined || depth >= deepestCause
      ? {}
      : { cause: showError(thrown.cause, depth + 1) }),
  };
}
