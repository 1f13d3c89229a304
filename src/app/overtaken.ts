import type { Refusal } from '../domain/refusal.ts';

/** Thrown inside the intent's transaction, so that a rule that broke since the look leaves nothing behind. */
export class Overtaken extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}
