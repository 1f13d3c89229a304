import { factsOf } from '../audit/facts.ts';
import type { Json } from '../audit.ts';
import type { Narration } from '../drain/narrate.ts';
import type { MachinesPlan, PlanEnd } from '../plan.ts';
import type { MachinesEvent } from './events.ts';
import { type MaintenanceNews, maintenanceAbout } from './news.ts';

const nothing: Narration = { audit: null, say: null };

/** What an event of a plan over machines leaves behind: an entry in the log, and words in the thread. The small steps of a
 * proof are neither told nor filed. `before` and `after`: the plan on either side of it. */
export function narrateMachines(before: MachinesPlan, after: MachinesPlan, event: MachinesEvent): Narration {
  const call = callIn(before);
  switch (event.type) {
    case 'call-unknown':
      return { audit: null, say: call === null ? null : say({ news: 'unknown', call, why: event.why }) };
    case 'call-rejected':
      return after.state.status === 'ended' ? ended(after.state.end) : nothing;
    case 'effect-seen':
      return {
        audit: { event: 'plan.effect-seen', outcome: 'accepted', master: event.leader, facts: { call } },
        say: call === null ? null : say({ news: 'effect-seen', call }),
      };
    case 'unseen': {
      if (!event.tell || call === null) return nothing;
      const step = before.state.status === 'running' ? before.state.step : null;
      const since = step?.at === 'checking' ? (step.blindSince ?? event.at) : event.at;
      return {
        audit: { event: 'plan.waiting', outcome: 'unseen', facts: factsOf({ call, why: event.why, since }) },
        say: say({ news: 'unseen', call, why: event.why, since }),
      };
    }
    case 'still-there':
      return {
        audit: { event: 'plan.waiting', outcome: 'still-there', facts: { agents: event.agents } },
        say: say({ news: 'still-there', agents: event.agents }),
      };
    case 'step-done':
      return {
        audit: {
          event: 'plan.step-done',
          outcome: event.call,
          master: event.leader,
          facts: factsOf({ call: event.call, ...event.beside }),
        },
        say: say({ news: 'step-done', call: event.call, beside: event.beside }),
      };
    case 'agent-back': {
      const { machine, agentId, was } = event;
      const outcome = was.includes(agentId) ? 'same-id' : was.length === 0 ? 'first' : 'new-id';
      return {
        audit: { event: 'plan.agent-back', outcome, facts: factsOf({ machine, agentId, was }) },
        say: say({ news: 'back', machine, agentId, was }),
      };
    }
    case 'not-back': {
      const step = before.state.status === 'running' ? before.state.step : null;
      const since = step?.at === 'returning' ? step.since : event.at;
      return {
        audit: {
          event: 'plan.waiting',
          outcome: 'not-back',
          facts: factsOf({ machines: event.machines, since }),
        },
        say: say({ news: 'not-back', machines: event.machines, since }),
      };
    }
    case 'ended':
      return ended(event.end);
    case 'begun':
      return {
        audit: { event: 'plan.begun', outcome: after.work.do, facts: factsOf(after.work) },
        say: null, // its card tells
      };
    case 'asked': // the question is filed, and told
    case 'drain-begun': // so is the drain
    case 'step-begun':
    case 'call-intended': // the door files it, and the outcome too
    case 'call-accepted':
    case 'no-effect-seen':
    case 'read-between':
    case 'seen-again':
    case 'amiss-seen':
      return nothing;
  }

  function say(news: MaintenanceNews, broadcast = false): Narration['say'] {
    return { notice: { kind: 'maintenance', about: maintenanceAbout(after), news }, broadcast };
  }
  function ended(end: Extract<MaintenanceNews, { news: 'ended' }>['end']): Narration {
    return {
      audit: { event: 'plan.ended', outcome: end.kind, facts: endInLog(end) },
      say: say({ news: 'ended', end }, true),
    };
  }
}

/** A refusal in the form that the log has for all of them. */
function endInLog(end: PlanEnd): Json {
  return end.kind === 'refused' ? { refusal: end.refusal.code } : factsOf(end);
}

function callIn({ state }: MachinesPlan) {
  return state.status === 'running' && 'call' in state.step ? state.step.call : null;
}
