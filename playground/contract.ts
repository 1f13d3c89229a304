import { parseArgs } from 'node:util';
import { runContract } from './contract/run.ts';

const USAGE = `npm run contract -- --master URL [--basic USER:SECRET] [--agent ID]... [--destructive]

Holds what the bot relies on against a master, simulated or real. Without --agent it only reads. It kills every task
on the agents named, drains and reactivates them; with --destructive it then marks them gone for good.`;

const options = () => {
  const { values } = parseArgs({
    options: {
      master: { type: 'string' },
      basic: { type: 'string' },
      agent: { type: 'string', multiple: true },
      destructive: { type: 'boolean', default: false },
    },
  });
  const { master, basic, agent = [], destructive } = values;
  if (master === undefined) throw new Error('--master is missing');
  return { master, agents: agent, destructive, ...(basic === undefined ? {} : { basic }) };
};

try {
  let failed = 0;
  let passed = 0;
  for await (const { name, failure } of runContract(options())) {
    if (failure === null) passed++;
    else failed++;
    console.log(failure === null ? `ok    ${name}` : `FAIL  ${name}: ${failure}`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 2;
}
