import { type Approval, approversOf } from '../approval.ts';
import type { Entitled } from '../policy.ts';

/** The votes that are asked for: so many, each of another human, and one of `oneOf` among them (null: of nobody in
 * particular). */
export interface Needs {
  /** Never below 1. */
  needed: number;
  oneOf: Entitled | null;
}

/** What the votes that stand lack; null: nothing, they are enough. */
export interface Missing {
  votes: number;
  /** Of whom nobody has approved yet; null: somebody has, or none of them has to. */
  oneOf: Entitled | null;
}

/** What `ballots` lack of what is needed. */
export function missingOf(ballots: Approval['ballots'], { needed, oneOf }: Needs): Missing | null {
  const votes = Math.max(0, Math.max(1, needed) - approversOf({ ballots }).length);
  const among = ballots.some(({ verdict, by }) => verdict?.is === 'approves' && verdict.oneOf && by !== null);
  const missing = { votes, oneOf: among ? null : oneOf };
  return votes === 0 && missing.oneOf === null ? null : missing;
}
