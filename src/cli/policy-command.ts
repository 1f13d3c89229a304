import { type PoliciesRead, readPolicies } from '../config/read-policies.ts';
import type { Instant } from '../domain/ids.ts';
import { policyInWords } from '../domain/policy/in-words.ts';

export interface PolicyCommandPorts {
  env: Record<string, string | undefined>;
  files: Parameters<typeof readPolicies>[1];
  now: Instant;
  print(line: string): void;
  complain(line: string): void;
}

const help = `npm run policy -- check [FILE]

Prints the policy of every cluster in words, as the bot would go by it, and everything that is wrong with it. FILE is the YAML
file of the clusters, by default CONFIG_FILE; without one, what the variables say. What .env and the environment say counts as
for the bot. Neither tokens nor masters are needed, and nobody is asked anything.

Exit status: 0 it can be used, 2 it can't, or the command was not understood.`;

/** `npm run policy`; answers the exit status. */
export function policyCommand(args: string[], ports: PolicyCommandPorts): number {
  const { print, complain } = ports;
  if (args.includes('--help') || args.includes('-h')) {
    print(help);
    return 0;
  }
  const [name, file, ...rest] = args;
  if (name !== 'check' || rest.length > 0) {
    complain(
      `${name === undefined ? 'What: check?' : name === 'check' ? 'One file at a time.' : `“${name}” is not check.`}\n\n${help}`,
    );
    return 2;
  }
  const env = file === undefined ? ports.env : { ...ports.env, CONFIG_FILE: file };
  const { clusters, problems, odd } = readPolicies(env, ports.files, ports.now);
  if (problems.length > 0) {
    complain(`The policy can't be used:\n${bullets(problems)}`);
    return 2;
  }
  for (const cluster of clusters) print(inWords(cluster));
  if (odd.length > 0) print(`To look at again, though it can be used:\n${bullets(odd)}`);
  return 0;
}

function inWords({ name, policy }: PoliciesRead['clusters'][number]): string {
  const words = policyInWords(policy);
  const width = Math.max(...words.map(({ setting }) => setting.length));
  return [
    `Cluster ${name}`,
    ...words.map((each) => `  ${each.setting.padEnd(width)}  ${each.words}`),
    '',
  ].join('\n');
}

function bullets(lines: string[]): string {
  return lines.map((line) => `  - ${line}`).join('\n');
}
