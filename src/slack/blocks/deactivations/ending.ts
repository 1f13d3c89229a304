import type { DrainEnd, Proof } from '../../../domain/drain.ts';
import { type AgentId, type Instant, showDrainId } from '../../../domain/ids.ts';
import { type EndWords, noRecord, shownWords, takenDownWords } from '../drains/ending.ts';
import { rawAgent, shortId } from '../text/agent-name.ts';
import { clause, code, mention } from '../text/escape.ts';
import { count } from '../text/part.ts';
import { when } from '../text/time.ts';

type Named = { agentId: AgentId; hostname: string };

/** What "empty" may be called by what it rests on. "Safe to take down" needs the agent's own word (promise 6), and the
 * word in capitals is the master's, for another thing. */
export function emptyWords(agent: Named, proof: Proof): EndWords {
  switch (proof.by) {
    case 'master-and-agent':
      return {
        verdict: `${rawAgent(agent)} holds nothing any more`,
        means:
          'The master shows it deactivated with nothing in use, and the agent itself says that it has no task, no executor and no pending operation. Safe to take down.',
      };
    case 'master-only':
      return {
        verdict: `${rawAgent(agent)}: nothing of it is in use, says the master; the agent could not be asked`,
        means: `The agent's own word is missing (${clause(proof.agentNotAsked, 200)}), and the master only counts resources. Before you take the machine down, look on it for executors that still run and for pending operations.`,
      };
  }
}

/** Every end a deactivation can have. `near`: the time of reading. */
export function deactivationEndWords(
  agent: Named,
  end: DrainEnd,
  wasEmpty: boolean,
  near: Instant,
): EndWords {
  const name = rawAgent(agent);
  const before = wasEmpty ? 'It had held nothing before.' : 'It had not been seen empty.';
  switch (end.kind) {
    case 'rejected':
      return end.httpStatus === null
        ? {
            verdict: `${name}: no master could be reached. Nothing was changed.`,
            means: `Nothing was sent: ${code(end.body, 300)}. Put that right, then ask again.`,
          }
        : {
            verdict: `${name}: the master rejected the deactivation. Nothing was changed.`,
            means: `It answered ${end.httpStatus}: ${code(end.body, 300)}. Put that right, then ask again.`,
          };
    case 'not-applied':
      return {
        verdict: `${name}: the deactivation was not applied: the master does not show it`,
        means: 'The call got no clear answer, and it was not sent again. If it is still wanted, ask again.',
      };
    case 'superseded':
      return {
        verdict: `${name}: somebody drains it outside the bot`,
        means: `${shownWords(end.shown)} That drain ends what still runs; the bot no longer follows it. ${before}`,
      };
    case 'upgraded': {
      const drain = showDrainId(end.to);
      return {
        verdict: `${name}: ${drain} goes on from here`,
        means: `Somebody had this bot drain the agent, which ends what it still runs. That has a thread of its own; \`/mesos status ${drain}\` shows it. ${before}`,
      };
    }
    case 'reactivated':
      return end.by === undefined
        ? {
            verdict: `${name} was reactivated outside the bot: it takes tasks again${end.away === true ? ' as soon as it is back' : ''}`,
            means: `It ${end.away === true ? 'is not connected now' : 'is in service'}. ${noRecord} ${before} Don't take the machine down.`,
          }
        : {
            verdict: `${name} was reactivated`,
            means: `${mention(end.by.userId)} had it reactivated; the thread tells when it takes tasks again. ${before} Don't take the machine down.`,
          };
    case 'gone':
      return {
        verdict: `${name} was marked gone`,
        means: `The master's registry lists it as gone since ${when(end.goneAt, near)}. This id never comes back. ${
          end.by === undefined
            ? `It was not this bot that did it. ${noRecord}`
            : `${mention(end.by.userId)} had this bot mark it gone.`
        } ${before}`,
      };
    case 'removed':
      if (end.down !== undefined) return takenDownWords(name, end.down, before, end.plan);
      return {
        verdict: `${name} is no longer listed, not confirmed gone`,
        means: `The master lists it nowhere: it was shut down, replaced or forgotten. ${before} If the machine returns, it most likely has a new id, and is active.`,
      };
    case 'replaced':
      return {
        verdict: `${name} was replaced by ${shortId(end.by)}, which is active`,
        means: `The same machine registered as a new agent ${code(end.by, 200)}, and that one takes tasks. ${before} To keep tasks off the machine, deactivate the new id.`,
      };
    case 'given-up':
      return {
        verdict: `${name}: no longer followed, closed by a person`,
        means: `${mention(end.by.userId)} closed it: ${clause(end.reason, 300)}. ${before} If the deactivation took effect, it stays so until the agent is reactivated.`,
      };
    case 'lost-sight':
      return {
        verdict: `${name}: given up after ${count(end.forDays, 'day')} without a sight of it`,
        means: `Nobody could say what became of the agent. ${before} Look at the machine and at the master.`,
      };
  }
}
