import type { Machine } from '../../../domain/agent.ts';
import type { DrainEnd, Proof } from '../../../domain/drain.ts';
import { type AgentId, type Instant, type PlanId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import { rawAgent, shortId } from '../text/agent-name.ts';
import { clause, code, mention, plain, preformatted } from '../text/escape.ts';
import { count } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';

type Named = { agentId: AgentId; hostname: string };

/** How a drain ended: a verdict (raw, for a heading), and what follows from it. */
export interface EndWords {
  verdict: string;
  means: string;
}

/** What "drained" may be called by what it rests on. "Safe to take down" needs the agent's own word (promise 6). `goesOn`: it is
 * not handed over yet, for its machine is about to go down with a plan. */
export function drainedWords(agent: Named, proof: Proof, goesOn = false): EndWords {
  switch (proof.by) {
    case 'master-and-agent':
      return {
        verdict: `${rawAgent(agent)} is DRAINED`,
        means: `The master and the agent both say that nothing is left on it.${goesOn ? '' : ' Safe to take down.'}`,
      };
    case 'master-only':
      return {
        verdict: `${rawAgent(agent)}: DRAINED, says the master; the agent could not be asked`,
        means: `The agent's own word is missing (${clause(proof.agentNotAsked, 200)}). Before you take the machine down, look on it for executors that still run.`,
      };
  }
}

/** Who did what happened outside: nothing tells (mesos-api 1.1). */
export const noRecord = 'The master keeps no record of by whom.';

/** Of an agent whose machine somebody took down for maintenance: what that erases, and how it comes back. */
export function takenDownWords(name: string, down: Machine, before: string, plan?: PlanId): EndWords {
  if (plan !== undefined)
    return {
      verdict: `${name}: its machine was taken down with ${showPlanId(plan)}, and the agent was removed`,
      means: `That is what the plan was for: the machine ${code(machineName(down), 200)} is DOWN for maintenance. What was ordered for the agent is erased with that. ${before} When the maintenance is stopped, the agent comes back active, without a reactivation; most likely it has a new id.`,
    };
  return {
    verdict: `${name}: its machine was taken down for maintenance, and the agent was removed`,
    means: `The registry shows the machine ${code(machineName(down), 200)} as DOWN, by a START_MAINTENANCE from outside the bot. ${noRecord} With that the master shut the agent down and forgot what was ordered for it: drain and deactivation are erased. ${before} When the maintenance is stopped, the agent comes back active, and takes tasks without a reactivation; most likely it has a new id.`,
  };
}

/** A machine as the maintenance schedule names it, raw. */
export function machineName({ hostname, ip }: Machine): string {
  return ip === null ? (hostname ?? '?') : `${hostname ?? '?'} (${ip})`;
}

/** Every end a drain can have. `near`: the time of reading. `markGone`: the master was to mark it gone by itself. */
export function endWords(
  agent: Named,
  end: DrainEnd,
  wasDrained: boolean,
  near: Instant,
  markGone = false,
): EndWords {
  const name = rawAgent(agent);
  const before = wasDrained ? 'It had been drained before.' : 'It had not been proven DRAINED.';
  switch (end.kind) {
    case 'rejected':
      return {
        verdict:
          end.httpStatus === null
            ? `${name}: no master could be reached. Nothing was changed.`
            : `${name}: the master rejected the drain. Nothing was changed.`,
        means:
          end.httpStatus === null
            ? `No master could be reached, so nothing was sent: ${code(end.body, 300)}. Put that right, then ask again.`
            : `The master answered ${end.httpStatus}: ${code(end.body, 300)}. Put that right, then ask again.`,
      };
    case 'not-applied':
      return {
        verdict: `${name}: the drain was not applied: the master shows no sign of it`,
        means: 'The call got no clear answer, and it was not sent again. If it is still wanted, ask again.',
      };
    case 'superseded':
      return {
        verdict: `${name}: somebody changed this drain outside the bot`,
        means: `${shownWords(end.shown)} ${noRecord} The bot no longer follows this drain. ${before} How the agent stands now: \`/mesos preview ${preformatted(agent.hostname)}\`.`,
      };
    case 'upgraded':
      return {
        verdict: `${name}: ${showDrainId(end.to)} drains it now`,
        means: `Somebody had this bot drain the agent, which only kept new tasks away until then. ${showDrainId(end.to)} has a thread of its own: \`/mesos status ${showDrainId(end.to)}\`.`,
      };
    case 'reactivated':
      if (end.by !== undefined)
        return {
          verdict: `${name} was reactivated`,
          means: `${mention(end.by.userId)} had it reactivated; the thread tells when it takes tasks again. ${before} Don't take the machine down.`,
        };
      return {
        verdict: `${name} was reactivated: it takes tasks again${end.away === true ? ' as soon as it is back' : ''}`,
        means: `It ${end.away === true ? 'is not connected now' : 'is in service'}, by a call from outside the bot. ${noRecord} ${before} Don't take the machine down.`,
      };
    case 'gone': {
      const listed = `The master's registry lists it as gone since ${when(end.goneAt, near)}. This id never comes back.`;
      if (end.by !== undefined)
        return {
          verdict: `${name} is gone, as asked`,
          means: `${mention(end.by.userId)} had this bot mark it gone. ${listed} ${before}`,
        };
      return {
        verdict: `${name} was marked gone`,
        means: markGone
          ? `The master did that by itself, as this drain told it to. ${listed} That its tasks had ended by then is not proven: look on the machine before you reuse it.`
          : `${listed} It was not this bot that did it. ${noRecord} ${before}`,
      };
    }
    case 'removed':
      if (end.down !== undefined) return takenDownWords(name, end.down, before, end.plan);
      return {
        verdict: `${name} is no longer listed, not confirmed gone`,
        means: `The master lists it nowhere: not as registered, not as unreachable, not as gone. It was shut down, replaced or forgotten. ${before} If the machine returns, it most likely has a new id, and is active.`,
      };
    case 'replaced':
      return {
        verdict: `${name} was replaced by ${shortId(end.by)}, which is active`,
        means: `The same machine registered as a new agent ${code(end.by, 200)}, and that one takes tasks. ${before} To empty the machine, drain the new id.`,
      };
    case 'given-up':
      return {
        verdict: `${name}: no longer followed, closed by a person`,
        means: `${mention(end.by.userId)} closed it: ${clause(end.reason, 300)}. ${
          wasDrained
            ? 'It had been drained before, and stays out of service until it is reactivated.'
            : `If the drain had begun, it goes on at the master, ${
                markGone
                  ? 'which still marks the agent gone by itself once it is empty'
                  : 'and the agent stays out of service'
              }. It had not been proven DRAINED.`
        }`,
      };
    case 'lost-sight':
      return {
        verdict: `${name}: given up after ${count(end.forDays, 'day')} without a sight of it`,
        means: `Nobody could say what became of the agent. ${before}${
          markGone
            ? ' If the order to mark it gone has reached the master, it stands there: if the agent returns, it is drained and marked gone.'
            : ''
        } Look at the machine and at the master.`,
      };
  }
}

/** What the master shows of an agent that somebody took out of service. */
export function shownWords(shown: Extract<DrainEnd, { kind: 'superseded' }>['shown']): string {
  if (shown === 'deactivated') return 'The master now shows it as deactivated, without a drain.';
  const grace =
    shown.maxGraceNs === null
      ? 'no max grace period'
      : `a max grace period of ${spoken(shown.maxGraceNs / 1e9)}`;
  return `The master now shows ${shown.state} with ${grace}${shown.markGone ? ', and it will be marked gone' : ''}.`;
}

/** How a drain ended, in one line for lists. */
export function endInShort(end: DrainEnd): string {
  switch (end.kind) {
    case 'rejected':
      return 'rejected by the master';
    case 'not-applied':
      return 'not applied';
    case 'superseded':
      return 'changed outside the bot';
    case 'upgraded':
      return `goes on as drain ${showDrainId(end.to)}`;
    case 'reactivated':
      return 'reactivated';
    case 'gone':
      return 'marked gone';
    case 'removed':
      return end.down === undefined ? 'no longer listed' : 'removed, its machine is DOWN for maintenance';
    case 'replaced':
      return `replaced by ${plain(shortId(end.by), 20)}`;
    case 'given-up':
      return 'closed by a person';
    case 'lost-sight':
      return 'given up, out of sight';
  }
}
