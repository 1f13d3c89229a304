import type { RollingPlan, RollingRun } from '../rolling.ts';
import type { RollingEvent } from './events.ts';

/** The plan after an event. Throws a TypeError where it can't happen. */
export function evolveRolling(before: RollingPlan, event: RollingEvent): RollingPlan {
  const plan = { ...before, version: before.version + 1 };
  const { state } = before;
  switch (event.type) {
    case 'asked':
      if (state.status !== 'proposed') throw cant();
      return { ...plan, state: { status: 'asked', approval: event.approval } };
    case 'scheduled':
      if (state.status !== 'proposed') throw cant();
      return { ...plan, state: { status: 'scheduled', hour: event.hour } };
    case 'begun':
      if (state.status !== 'proposed' && state.status !== 'scheduled' && state.status !== 'asked')
        throw cant();
      return {
        ...plan,
        approved: event.approved,
        begunAt: event.at,
        state: { status: 'running', since: event.at, phase: { at: 'deactivating' }, halt: null },
      };
    case 'line-moved': {
      running();
      const line = before.lines.find(({ agentId }) => agentId === event.agentId);
      if (line?.state.is !== event.from)
        throw new TypeError(`line ${event.agentId} is ${line?.state.is}, not ${event.from}`);
      const moved = { ...line, state: event.to };
      return { ...plan, lines: before.lines.map((each) => (each === line ? moved : each)) };
    }
    case 'phase-begun':
      return { ...plan, state: { ...running(), phase: event.phase } };
    case 'halted':
      return { ...plan, state: { ...running(), halt: { since: event.at, why: event.why } } };
    case 'resumed':
      return { ...plan, state: { ...running(), halt: null } };
    case 'ended':
      if (state.status === 'ended') throw cant();
      return { ...plan, state: { status: 'ended', at: event.at, end: event.end } };
  }

  function running(): Extract<RollingPlan['state'], { status: 'running' } & RollingRun> {
    if (state.status !== 'running') throw cant();
    return state;
  }
  function cant(): TypeError {
    return new TypeError(`a rolling plan that is ${state.status} can't have ${event.type}`);
  }
}
