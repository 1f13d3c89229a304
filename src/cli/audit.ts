import { env } from 'node:process';
import { systemClock } from '../clock.ts';
import { readDatabasePath } from '../config.ts';
import { sha256 } from '../store/sha256.ts';
import { auditCommand } from './audit-command.ts';

// `| head` closes its end early: that is no fault.
process.stdout.on('error', () => process.exit());

process.exitCode = await auditCommand(process.argv.slice(2), {
  defaultFile: readDatabasePath(env),
  now: systemClock().now(),
  sha256,
  print: (line) =>
    new Promise((resolve) => {
      process.stdout.write(`${line}\n`, () => resolve());
    }),
  complain: (line) => console.error(line),
});
