import { parseArgs } from 'node:util';
import { type Outcome, runContract } from './contract/run.ts';

const USAGE = `npm run contract -- --master URL [--basic USER:SECRET] [--agent ID]... [--destructive]

Holds what the bot relies on against a master, simulated or real. Without --agent it only reads. It kills every task
on the agents named, drains and reactivates them, and has their machines in the maintenance schedule for a moment, beside
what is there. With --destructive the first of them is then marked gone for good by a second drain, the second by
MARK_AGENT_GONE, and the machine of the third is taken down and brought up again, which removes its agent; further ones
stay in service. What could not be asserted is listed with the reason, and counted.`;

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

const line = (outcome: Outcome): string => {
  switch (outcome.result) {
    case 'held':
      return `ok    ${outcome.name}`;
    case 'failed':
      return `FAIL  ${outcome.name}: ${outcome.found}`;
    case 'not run':
      return `--    ${outcome.name}: ${outcome.why}`;
    default:
      return outcome satisfies never;
  }
};

try {
  const counts: Record<Outcome['result'], number> = { held: 0, failed: 0, 'not run': 0 };
  for await (const outcome of runContract(options())) {
    counts[outcome.result]++;
    console.log(line(outcome));
  }
  console.log(`${counts.held} held, ${counts.failed} failed, ${counts['not run']} not run`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 2;
}
