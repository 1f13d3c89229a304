import { readFileSync, statSync } from 'node:fs';
import { systemClock } from '../clock.ts';
import { environment } from '../config.ts';
import { policyCommand } from './policy-command.ts';

// `| head` closes its end early: that is no fault.
process.stdout.on('error', () => process.exit());

process.exitCode = policyCommand(process.argv.slice(2), {
  env: environment(),
  files: { read: (path) => readFileSync(path, 'utf8'), mode: (path) => statSync(path).mode },
  now: systemClock().now(),
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
