import type { GateAnswer } from '../../domain/rolling/gate.ts';

/** Asks a gate at its address, of which the policy is the only source. Changes nothing, and never throws. */
export type AskGate = (url: string) => Promise<GateAnswer>;
