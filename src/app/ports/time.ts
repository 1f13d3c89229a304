import type { Instant } from '../../domain/ids.ts';

/** Time. Everything in src/ that waits or tells the hour does it through this. */
export interface Clock {
  now(): Instant;
  /** Runs `fn` once, `ms` from now; answers a function that cancels it. */
  after(ms: number, fn: () => void): () => void;
}

/** A fresh random UUID. */
export type NewId = () => string;

/** The log for those who run the bot (not the audit log). Static message, facts as fields. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  /** Someone must act now. */
  error(facts: object, message: string): void;
}
