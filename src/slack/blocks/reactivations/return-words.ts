import { instant } from '../../../domain/ids.ts';
import type { ReactivationAbout } from '../../../domain/reactivation/news.ts';
import type { ReactivationEnd, ReturnCause } from '../../../domain/reactivation.ts';
import { type EndWords, shownWords } from '../drains/ending.ts';
import { rawAgent, shortId } from '../text/agent-name.ts';
import { clause, code } from '../text/escape.ts';
import { count } from '../text/part.ts';
import { when } from '../text/time.ts';

/** Read perhaps days later: so far from any time that the day is always shown. */
const anyDay = instant(0);

/** Why a reactivated agent is not back yet, and the next step. */
export function returnCauseWords(cause: ReturnCause): { what: string; toDo: string } {
  switch (cause.code) {
    case 'master-silent':
      return {
        what: `The master can't be read: ${clause(cause.why, 300)}.`,
        toDo: 'See to the master. The bot goes on looking.',
      };
    case 'recovering':
      return {
        what: 'The master has failed over, and the agent has not come back to it yet.',
        toDo: 'Wait: it is active when it returns. After about ten minutes the master calls it unreachable.',
      };
    case 'unreachable':
      return {
        what: `The agent is unreachable since ${when(cause.since, anyDay)}. It is active when it returns.`,
        toDo: 'Start the machine and its agent. The bot goes on looking, and says here when it is back.',
      };
    case 'disconnected':
      return {
        what: 'The agent has lost its connection to the master. It is active when it returns.',
        toDo: 'See to the agent process. The bot goes on looking, and says here when it is back.',
      };
    case 'not-listed':
      return {
        what: `The master does not list the agent, and why is not known: ${clause(cause.why, 300)}.`,
        toDo: 'Let the bot read `/registrar(1)/registry` of the leading master, or look at the machine.',
      };
    case 'agent-draining':
      return {
        what: 'The master offers it again, but the agent itself still drains: it drops every new task.',
        toDo: 'Wait for its last executors and operations to end; look on the machine for what does not.',
      };
    case 'agent-silent':
      return {
        what: `The agent could not be asked: ${clause(cause.why, 200)}.`,
        toDo: 'See to the way from the bot to the agent.',
      };
  }
}

/** Every end a reactivation can have: a verdict (raw, for bold or a heading), and what follows from it. */
export function returnEndWords(about: ReactivationAbout, end: ReactivationEnd): EndWords {
  const name = rawAgent(about);
  switch (end.kind) {
    case 'active':
      return {
        verdict: `${name} is back in service`,
        means:
          end.agentNotAsked === null
            ? "The master shows it active, and the agent drains no more. It takes tasks: don't take the machine down."
            : `The master shows it active: don't take the machine down. The agent itself could not be asked (${clause(end.agentNotAsked, 200)}): if it still drains, it drops new tasks.`,
      };
    case 'rejected':
      return {
        verdict: `${name}: the master rejected the reactivation. Nothing was changed.`,
        means: `The master answered ${end.httpStatus ?? 'nothing'}: ${code(end.body, 300)}. Put that right, then ask again.`,
      };
    case 'not-applied':
      return {
        verdict: `${name}: the reactivation was not applied: the master shows no sign of it`,
        means:
          'The call got no clear answer, and the master still keeps the agent out of service. It was not sent again. If it is still wanted, ask again.',
      };
    case 'taken-out-again':
      return {
        verdict: `${name} was taken out of service again`,
        means: `${shownWords(end.shown)} The bot no longer follows this reactivation.`,
      };
    case 'gone':
      return {
        verdict: `${name} was marked gone`,
        means: `The master's registry lists it as gone since ${when(end.goneAt, anyDay)}. This id never comes back.`,
      };
    case 'removed':
      return {
        verdict: `${name} is no longer listed, not confirmed gone`,
        means:
          'The master lists it nowhere: it was shut down, replaced or forgotten. If the machine returns, it most likely has a new id, and is active.',
      };
    case 'replaced':
      return {
        verdict: `${name} was replaced by ${shortId(end.by)}, which is active`,
        means: `The same machine registered as a new agent ${code(end.by, 200)}, and that one takes tasks.`,
      };
    case 'lost-sight':
      return {
        verdict: `${name}: given up after ${count(end.forDays, 'day')} without a sight of it`,
        means: 'Nobody could say what became of the agent. Look at the machine and at the master.',
      };
  }
}
