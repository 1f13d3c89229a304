import { factsOf } from '../audit/facts.ts';
import type { Json } from '../audit.ts';
import type { HaltReason, LineFailure } from '../rolling.ts';

/** Why a plan does not go on, as the log keeps it: refusals and causes by their code. */
export function factsOfHalt(why: HaltReason): Json {
  switch (why.code) {
    case 'paused':
      return factsOf({ by: why.by });
    case 'line-failed': {
      const { agentId, hostname } = why;
      return { agentId, hostname, failure: factsOfFailure(why.why) };
    }
    case 'line-refused': {
      const { agentId, hostname, refusal } = why;
      return factsOf({ agentId, hostname, refusal: refusal.code });
    }
    case 'stuck': {
      const { agentId, hostname, drain, cause } = why;
      return factsOf({ agentId, hostname, drain, cause: cause.code });
    }
    case 'refused':
      return factsOf({ refusal: why.refusal.code });
    case 'wave':
      return factsOf(why.objection);
    case 'gate':
    case 'unreadable':
      return factsOf({ why: why.why });
    case 'votes':
      return factsOf({ approval: why.approval, why: why.why });
  }
}

/** The same of one agent. */
export function factsOfFailure(why: LineFailure): Json {
  switch (why.code) {
    case 'not-returned':
      return factsOf({ code: why.code, refusal: why.refusal.code });
    case 'not-marked':
      return factsOf({ code: why.code, what: why.what.map(({ what }) => what) });
    default:
      return factsOf(why);
  }
}
