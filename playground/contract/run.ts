import { type Assertion, NotApplicable, type Subject } from './assertion.ts';
import { leaderOf, operatorApi } from './operator-api.ts';
import { planFor } from './plan.ts';
import { READ_ASSERTIONS } from './reads.ts';
import { REQUEST_ASSERTIONS } from './requests.ts';

/** What to hold against the contract, and how far to go. */
export interface ContractOptions {
  /** Any master of the cluster. */
  readonly master: string;
  /** Agents that may be drained; without any, nothing but reads is sent. */
  readonly agents: readonly string[];
  /** Whether the first two of them may be marked gone as well, each in its way, and the machine of the third taken down. */
  readonly destructive: boolean;
  /** USER:SECRET */
  readonly basic?: string;
  /** How long a drain may take; default five minutes. */
  readonly patienceMs?: number;
}

/** What became of one assertion. */
export type Outcome = { readonly name: string } & (
  | { readonly result: 'held' }
  | { readonly result: 'failed'; readonly found: string }
  /** Nothing is known of it: the cluster was in no state to tell, or the options did not allow it. */
  | { readonly result: 'not run'; readonly why: string }
);

type Verdict = { readonly outcome: Outcome; readonly isEnd: boolean };

const check = async <S extends Subject>(
  assertion: Assertion<S>,
  subject: S,
  name: string,
): Promise<Verdict> => {
  try {
    await assertion.run(subject);
    return { outcome: { name, result: 'held' }, isEnd: false };
  } catch (error) {
    if (error instanceof NotApplicable) {
      const why = `not applicable: ${error.message}`;
      return { outcome: { name, result: 'not run', why }, isEnd: error.isEnd };
    }
    const found = error instanceof Error ? error.message : String(error);
    return { outcome: { name, result: 'failed', found }, isEnd: assertion.isGate === true };
  }
};

/** Checks in order; after an end the rest is left out, and says after what. */
async function* checkAll<S extends Subject>(
  assertions: readonly Assertion<S>[],
  subject: S,
  prefix: string,
): AsyncGenerator<Outcome> {
  let end: string | null = null;
  for (const assertion of assertions) {
    const name = `${prefix}${assertion.name}`;
    if (end !== null) {
      yield { name, result: 'not run', why: `after "${end}"` };
      continue;
    }
    const { outcome, isEnd } = await check(assertion, subject, name);
    if (isEnd) end = assertion.name;
    yield outcome;
  }
}

/** Runs the assertions one after the other, and hands each outcome on as it comes. Every assertion there is appears,
 * also those that can't be run. */
export async function* runContract(options: ContractOptions): AsyncGenerator<Outcome> {
  const { master, basic, patienceMs = 300_000 } = options;
  const plan = planFor(options.agents, options.destructive);
  const leader = await leaderOf(master, basic);
  const given = operatorApi(master, basic);
  yield* checkAll([...REQUEST_ASSERTIONS, ...READ_ASSERTIONS], { leader, given }, '');
  for (const { agent, assertions } of plan.agents) {
    const subject = { leader, given, agent, patienceMs, ...(basic === undefined ? {} : { basic }) };
    yield* checkAll(assertions, subject, `${agent}: `);
  }
  for (const { assertion, why } of plan.leftOut) yield { name: assertion.name, result: 'not run', why };
}
