import type { RollingLine, RollingLineState, RollingPlan } from '../rolling.ts';

/** Whether nothing more is to become of it. */
export function isOver({ is }: RollingLineState): boolean {
  switch (is) {
    case 'todo':
    case 'deactivating':
    case 'kept-away':
    case 'draining':
    case 'drained':
    case 'marking':
    case 'returning':
      return false;
    case 'done':
    case 'given-back':
    case 'failed':
    case 'refused':
    case 'dropped':
      return true;
  }
}

/** Whether its drain is still to begin. */
export function isToBegin(state: RollingLineState): boolean {
  return (
    state.is === 'todo' || state.is === 'deactivating' || (state.is === 'kept-away' && state.leftOut === null)
  );
}

/** Whether its wave waits for it. What was left out is given back beside the waves. */
function holdsItsWave(state: RollingLineState): boolean {
  if (state.is === 'kept-away') return state.leftOut === null;
  if (state.is === 'returning') return state.drain !== null;
  return !isOver(state);
}

/** The lines that a wave still waits for. */
export function openIn({ lines }: Pick<RollingPlan, 'lines'>, wave: number): RollingLine[] {
  return lines.filter((line) => line.wave === wave && holdsItsWave(line.state));
}

/** The next wave of which anything is left to begin; null: none. */
export function nextWave({ lines }: Pick<RollingPlan, 'lines'>): number | null {
  const waves = lines.filter(({ state }) => isToBegin(state)).map(({ wave }) => wave);
  return waves.length === 0 ? null : Math.min(...waves);
}

/** Whether the drain of this agent may begin: its wave runs, nothing holds it, and it is kept away and not left out. */
export function isItsTurn(
  { state, lines }: Pick<RollingPlan, 'state' | 'lines'>,
  { agentId, wave }: Pick<RollingLine, 'agentId' | 'wave'>,
): boolean {
  return (
    state.status === 'running' &&
    state.halt === null &&
    state.phase.at === 'wave' &&
    state.phase.wave === wave &&
    lines.some(
      (line) => line.agentId === agentId && line.state.is === 'kept-away' && line.state.leftOut === null,
    )
  );
}
