import { hostname, userInfo } from 'node:os';
import { env } from 'node:process';
import { newId, systemClock } from '../clock.ts';
import { readDatabasePath } from '../config.ts';
import { sha256 } from '../store/sha256.ts';
import { auditCommand } from './audit-command.ts';
import { noProgress, progressBar } from './progress.ts';

// `| head` closes its end early: that is no fault.
process.stdout.on('error', () => process.exit());

const clock = systemClock();
process.exitCode = await auditCommand(process.argv.slice(2), {
  defaultFile: readDatabasePath(env),
  clock,
  progress: process.stderr.isTTY ? progressBar((text) => process.stderr.write(text), clock) : noProgress,
  newId,
  sha256,
  by: { kind: 'os-user', name: userName(), host: hostname() },
  print: (line) =>
    new Promise((resolve) => {
      process.stdout.write(`${line}\n`, () => resolve());
    }),
  complain: (line) => console.error(line),
});

/** In a container the user may have a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
