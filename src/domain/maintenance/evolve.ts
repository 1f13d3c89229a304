import type { AgentBack, MachinesPlan, MachinesStep } from '../plan.ts';
import type { MachinesEvent } from './events.ts';

type State = MachinesPlan['state'];

/** The plan after one event, with its version counted up. Throws a TypeError on an event that can't follow its step: writing
 * that down would make a false history. */
export function evolveMachines(plan: MachinesPlan, event: MachinesEvent): MachinesPlan {
  const after = { ...plan, version: plan.version + 1 };
  if (event.type === 'drain-begun') {
    const { agentId, drain } = event;
    const lines = plan.lines.map((line) => ({
      ...line,
      agents: line.agents.map((each) => (each.agentId === agentId ? { ...each, drain } : each)),
    }));
    return { ...after, lines };
  }
  if (event.type === 'begun') return { ...after, approved: event.approved, state: next(plan.state, event) };
  return { ...after, state: next(plan.state, event) };
}

function next(state: State, event: MachinesEvent): State {
  if (event.type === 'ended' && state.status !== 'ended')
    return { status: 'ended', at: event.at, end: event.end };
  if (event.type === 'asked' && state.status === 'proposed')
    return { status: 'asked', approval: event.approval };
  if (event.type === 'begun' && (state.status === 'proposed' || state.status === 'asked'))
    return { status: 'running', since: event.at, step: event.step };
  if (state.status !== 'running') return cannot(state.status, event);
  if (event.type === 'step-begun') return { ...state, step: event.step };
  if (event.type === 'call-rejected' && state.step.at === 'calling') {
    const { httpStatus, body, at } = event;
    const why = { code: 'rejected' as const, call: state.step.call, httpStatus, body };
    return { status: 'ended', at, end: { kind: 'failed', why } };
  }
  return { ...state, step: nextStep(state.step, event) };
}

function nextStep(step: MachinesStep, event: MachinesEvent): MachinesStep {
  switch (event.type) {
    case 'call-intended':
      if (step.at !== 'next') return cannot(step.at, event);
      return { at: 'calling', call: event.call, intendedAt: event.at, base: event.base };
    case 'call-accepted':
      if (step.at !== 'calling') return cannot(step.at, event);
      return follow(step, [], event.at);
    case 'effect-seen':
      if (step.at !== 'checking') return cannot(step.at, event);
      return follow(step, step.between, event.at);
    case 'call-unknown': {
      if (step.at !== 'calling') return cannot(step.at, event);
      const { call, base, intendedAt } = step;
      const unseen = { noEffect: null, blindSince: null, toldAt: null };
      return { at: 'checking', call, base, intendedAt, between: [], why: event.why, ...unseen };
    }
    case 'no-effect-seen':
      if (step.at !== 'checking') return cannot(step.at, event);
      return { ...step, noEffect: { leader: event.leader, at: event.at } };
    case 'read-between':
      if (step.at !== 'checking') return cannot(step.at, event);
      return { ...step, between: [...step.between, event.windows] };
    case 'unseen':
      if (step.at !== 'checking') return cannot(step.at, event);
      return {
        ...step,
        blindSince: step.blindSince ?? event.at,
        toldAt: event.tell ? event.at : step.toldAt,
      };
    case 'seen-again':
      if (step.at !== 'checking') return cannot(step.at, event);
      return { ...step, blindSince: null };
    case 'amiss-seen':
      if (step.at !== 'following') return cannot(step.at, event);
      return { ...step, amiss: { leader: event.leader, at: event.at } };
    case 'still-there':
      if (step.at !== 'following') return cannot(step.at, event);
      return { ...step, toldAt: event.at };
    case 'step-done': // what follows it, its own event says
      return step;
    case 'agent-back': {
      if (step.at !== 'returning') return cannot(step.at, event);
      const back: AgentBack = { machine: event.machine, agentId: event.agentId };
      return { ...step, back: [...step.back, back] };
    }
    case 'not-back':
      if (step.at !== 'returning') return cannot(step.at, event);
      return { ...step, toldAt: event.at };
    case 'asked':
    case 'begun':
    case 'drain-begun':
    case 'step-begun':
    case 'call-rejected':
    case 'ended':
      return cannot(step.at, event);
  }
}

function follow(
  { call, base }: Extract<MachinesStep, { at: 'calling' | 'checking' }>,
  between: Extract<MachinesStep, { at: 'following' }>['between'],
  acceptedAt: Extract<MachinesStep, { at: 'following' }>['acceptedAt'],
): MachinesStep {
  return { at: 'following', call, base, between, acceptedAt, amiss: null, toldAt: null };
}

function cannot(at: string, event: MachinesEvent): never {
  throw new TypeError(`a plan that is ${at} can't have ${event.type}`);
}
