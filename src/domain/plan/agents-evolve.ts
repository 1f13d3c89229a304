import type { Approved } from '../drain.ts';
import type { AgentId, ApprovalId, Instant } from '../ids.ts';
import type { Person } from '../person.ts';
import type { AgentLineOfPlan, AgentLineState, AgentsPlan, OwnRecord, PlanEnd } from '../plan.ts';
import type { Refusal } from '../refusal.ts';
import type { Hour } from '../time/hour.ts';

/** What happened to a plan over agents. Past tense, facts only. */
export type AgentsPlanEvent =
  /** It waits for its hour. */
  | { type: 'scheduled'; at: Instant; hour: Hour }
  /** A second person is asked. */
  | { type: 'asked'; at: Instant; approval: ApprovalId }
  /** `approved` null: it needed nobody. */
  | { type: 'begun'; at: Instant; approved: Approved | null }
  | { type: 'line-begun'; at: Instant; agentId: AgentId; by: OwnRecord }
  | { type: 'line-ended'; at: Instant; agentId: AgentId; well: boolean }
  | { type: 'line-refused'; at: Instant; agentId: AgentId; refusal: Refusal }
  /** It was stopped: what had not begun by then is left out. */
  | { type: 'rest-dropped'; at: Instant; by: Person }
  | { type: 'ended'; at: Instant; end: PlanEnd };

/** The plan after an event. Throws a TypeError where it can't happen. */
export function evolveAgentsPlan(before: AgentsPlan, event: AgentsPlanEvent): AgentsPlan {
  const plan = { ...before, version: before.version + 1 };
  const { status } = before.state;
  switch (event.type) {
    case 'asked':
      return only('proposed', { ...plan, state: { status: 'asked', approval: event.approval } });
    case 'scheduled':
      return only('proposed', { ...plan, state: { status: 'scheduled', hour: event.hour } });
    case 'begun': {
      if (status !== 'proposed' && status !== 'scheduled' && status !== 'asked') throw cant();
      return {
        ...plan,
        approved: event.approved,
        begunAt: event.at,
        state: { status: 'running', since: event.at },
      };
    }
    case 'line-begun':
      return only(
        'running',
        withLine(plan, event.agentId, 'todo', () => ({ is: 'begun', by: event.by })),
      );
    case 'line-ended': {
      const { well } = event;
      const end = (state: AgentLineState): AgentLineState =>
        state.is === 'begun' ? { is: 'ended', by: state.by, well } : state;
      return only('running', withLine(plan, event.agentId, 'begun', end));
    }
    case 'line-refused': {
      const { refusal } = event;
      const after = withLine(plan, event.agentId, 'todo', () => ({ is: 'refused', refusal }));
      return status === 'scheduled' ? after : only('running', after);
    }
    case 'rest-dropped': {
      const drop = (line: AgentLineOfPlan): AgentLineOfPlan =>
        line.state.is === 'todo' ? { ...line, state: { is: 'dropped' } } : line;
      return only('running', { ...plan, lines: plan.lines.map(drop) });
    }
    case 'ended':
      if (status === 'ended') throw cant();
      return { ...plan, state: { status: 'ended', at: event.at, end: event.end } };
  }

  function only(wanted: AgentsPlan['state']['status'], after: AgentsPlan): AgentsPlan {
    if (status !== wanted) throw cant();
    return after;
  }
  function cant(): TypeError {
    return new TypeError(`a plan that is ${status} can't have ${event.type}`);
  }
}

function withLine(
  plan: AgentsPlan,
  agentId: AgentId,
  wanted: AgentLineState['is'],
  change: (state: AgentLineState) => AgentLineState,
): AgentsPlan {
  const line = plan.lines.find((each) => each.agentId === agentId);
  if (line?.state.is !== wanted) throw new TypeError(`line ${agentId} is not ${wanted}`);
  return {
    ...plan,
    lines: plan.lines.map((each) => (each === line ? { ...each, state: change(each.state) } : each)),
  };
}

/** How many lines stand how. */
export interface Tally {
  lines: number;
  todo: number;
  begun: number;
  well: number;
  /** Begun, and come to another end. */
  otherwise: number;
  refused: number;
  dropped: number;
}

export function tallyOf({ lines }: Pick<AgentsPlan, 'lines'>): Tally {
  const count = (test: (state: AgentLineState) => boolean) => lines.filter(({ state }) => test(state)).length;
  return {
    lines: lines.length,
    todo: count(({ is }) => is === 'todo'),
    begun: count(({ is }) => is === 'begun'),
    well: count((state) => state.is === 'ended' && state.well),
    otherwise: count((state) => state.is === 'ended' && !state.well),
    refused: count(({ is }) => is === 'refused'),
    dropped: count(({ is }) => is === 'dropped'),
  };
}
