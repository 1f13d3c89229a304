import type { Calls } from '../../src/app/ports.ts';
import type { Call, CallOutcome } from '../../src/domain/call.ts';
import { leader } from './samples.ts';

/** The master took the call. */
export const accepted: CallOutcome = {
  kind: 'accepted',
  httpStatus: 200,
  body: '',
  master: leader,
  url: 'http://master1.example:5050/api/v1',
};

/** A master that answers every call the same, and remembers each. */
export function fakeCalls(answer: CallOutcome | Error = accepted, journal: string[] = []) {
  const submitted: Call[] = [];
  const calls: Calls = {
    bodyOf: (call) =>
      JSON.stringify({ type: call.type, ...('agentId' in call ? { agent: call.agentId } : {}) }),
    submit: async (call) => {
      submitted.push(call);
      journal.push(`submit ${call.type}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { calls, submitted };
}
