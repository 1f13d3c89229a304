import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The production bot in a process of its own, started as `npm start` starts it. */
export interface BotProcess {
  process: ChildProcess;
  /** Its exit code, when it has ended; never rejects. */
  ended: Promise<number | null>;
  /** SIGHUP: it reads its configuration again. */
  reread(): void;
  /** SIGTERM, and the end awaited. */
  stop(): Promise<void>;
}

const audit = fileURLToPath(new URL('../dist/src/cli/audit.js', import.meta.url));
const program = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));

/** Starts dist/src/main.js with this environment and nothing of ours but PATH. Its log lines go to `onLog`. */
export function startBotProcess(env: Record<string, string>, onLog: (line: string) => void): BotProcess {
  if (!existsSync(program)) throw new Error('dist/src/main.js is missing: npm run build makes it');
  const child = spawn(process.execPath, [program], {
    // A folder without a .env: the playground must not pick up real tokens.
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLog(line);
    });
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    process: child,
    ended,
    reread: () => void child.kill('SIGHUP'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** `npm run audit` with these arguments. Rejects when it does not end with 0. */
export async function runAudit(args: string[], onLog: (line: string) => void): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [audit, ...args]);
  for (const line of stdout.trimEnd().split('\n')) onLog(line);
}
