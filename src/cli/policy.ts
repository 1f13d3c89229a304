import { readFileSync, statSync } from 'node:fs';
import { systemClock } from '../clock.ts';
import { policyCommand } from './policy-command.ts';

// `| head` closes its end early: that is no fault.
process.stdout.on('error', () => process.exit());

try {
  process.loadEnvFile('.env');
} catch (fault) {
  if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')) throw fault;
}

process.exitCode = policyCommand(process.argv.slice(2), {
  env: process.env,
  files: { read: (path) => readFileSync(path, 'utf8'), mode: (path) => statSync(path).mode },
  now: systemClock().now(),
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
