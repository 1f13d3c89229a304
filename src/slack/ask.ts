import pRetry, { AbortError } from 'p-retry';
import { ChatFault } from '../app/faults.ts';
import { failureInWords, failureOf } from './failure.ts';

/** Null for the codes in `absent`; a ChatFault when Slack can't be asked, tried three times. */
export async function read<T>(absent: string[], ask: () => Promise<T>): Promise<T | null> {
  return pRetry(
    async () => {
      try {
        return await ask();
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'refused' && absent.includes(failure.code)) return null;
        const fault = new ChatFault(failureInWords(failure), { cause: error });
        // A refusal stays one, and a limit is longer than anybody waits here.
        throw failure.kind === 'refused' || failure.kind === 'limited' ? new AbortError(fault) : fault;
      }
    },
    { retries: 2, minTimeout: 200, maxTimeout: 1_000 },
  );
}
