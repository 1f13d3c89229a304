import type { Assertion, Subject } from './assertion.ts';
import { DRAIN_ASSERTIONS, GONE_ASSERTIONS } from './drains.ts';
import { leaderOf, operatorApi } from './operator-api.ts';
import { READ_ASSERTIONS } from './reads.ts';

/** What to hold against the contract, and how far to go. */
export interface ContractOptions {
  /** Any master of the cluster. */
  readonly master: string;
  /** Agents that may be drained; without any, nothing but reads is sent. */
  readonly agents: readonly string[];
  /** Whether those agents may be marked gone as well. */
  readonly destructive: boolean;
  /** USER:SECRET */
  readonly basic?: string;
}

/** One assertion's outcome; `failure` is what was found instead. */
export interface Outcome {
  readonly name: string;
  readonly failure: string | null;
}

const check = async <S extends Subject>(
  assertion: Assertion<S>,
  subject: S,
  prefix = '',
): Promise<Outcome> => {
  const name = `${prefix}${assertion.name}`;
  try {
    await assertion.run(subject);
    return { name, failure: null };
  } catch (error) {
    return { name, failure: error instanceof Error ? error.message : String(error) };
  }
};

/** Runs the assertions one after the other, and hands each outcome on as it comes. */
export async function* runContract(options: ContractOptions): AsyncGenerator<Outcome> {
  const { master, agents, destructive, basic } = options;
  const leader = await leaderOf(master, basic);
  const given = operatorApi(master, basic);
  for (const assertion of READ_ASSERTIONS) yield check(assertion, { leader, given });
  const assertions = destructive ? [...DRAIN_ASSERTIONS, ...GONE_ASSERTIONS] : DRAIN_ASSERTIONS;
  for (const agent of agents) {
    const subject = { leader, given, agent, ...(basic === undefined ? {} : { basic }) };
    for (const assertion of assertions) yield check(assertion, subject, `${agent}: `);
  }
}
