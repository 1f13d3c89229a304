import type { RollingPlan, RollingRun } from '../rolling.ts';
import type { RollingEvent } from './events.ts';

/** The plan after an event, of the version that it had: one write may hold many. Throws a TypeError where it can't happen. */
export function evolveRolling(plan: RollingPlan, event: RollingEvent): RollingPlan {
  const { state } = plan;
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
        state: {
          status: 'running',
          since: event.at,
          phase: { at: 'deactivating' },
          halt: null,
          waits: null,
          resumedAt: null,
          retrying: [],
        },
      };
    case 'line-moved': {
      const run = running();
      const line = plan.lines.find(({ agentId }) => agentId === event.agentId);
      if (line?.state.is !== event.from)
        throw new TypeError(`line ${event.agentId} is ${line?.state.is}, not ${event.from}`);
      const moved = { ...line, state: event.to };
      const lines = plan.lines.map((each) => (each === line ? moved : each));
      // What was waited for is over once something begins.
      const begins =
        event.to.is === 'draining' ||
        event.to.is === 'marking' ||
        (event.from === 'todo' && event.to.is === 'deactivating');
      return { ...plan, lines, state: begins ? { ...run, waits: null } : run };
    }
    case 'phase-begun': {
      const { halt, ...run } = running();
      // Who cancelled it waits for nothing of it any more.
      const over = event.phase.at === 'giving-back';
      return { ...plan, state: { ...run, phase: event.phase, halt: over ? null : halt, waits: null } };
    }
    case 'wave-ended':
      running();
      return plan;
    case 'waits': {
      const { waits, ...run } = running();
      const since = waits?.since ?? event.at;
      const toldAt = event.tell ? event.at : (waits?.toldAt ?? null);
      return { ...plan, state: { ...run, waits: { since, why: event.why, toldAt } } };
    }
    case 'halted':
      return { ...plan, state: { ...running(), halt: { since: event.at, why: event.why }, waits: null } };
    case 'resumed': {
      const { halt, ...run } = running();
      const retrying = halt?.why.code === 'line-refused' ? [...run.retrying, halt.why.agentId] : run.retrying;
      return {
        ...plan,
        state: { ...run, halt: null, waits: null, resumedAt: event.at, retrying },
      };
    }
    case 'marking-dropped':
      running();
      return { ...plan, work: { ...plan.work, afterwards: { do: 'wait' } } };
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
