/** How long the app has to acknowledge (Slack: three seconds). */
export const ACK_LIMIT_MS = 3000;

/** What came of handing a slash command or a click to the app. `answer` is the acknowledgement's payload, if any. */
export type Outcome = { kind: 'acked'; answer: unknown } | { kind: 'timed out' } | { kind: 'failed' };

/** The way from Slack to the app: Socket Mode or signed HTTP. */
export interface Delivery {
  /** Sent once; never again. */
  command(payload: Record<string, string>): Promise<Outcome>;
  /** A click. Sent once, too. */
  interaction(payload: Record<string, unknown>): Promise<Outcome>;
  /** Sent again when it isn't acknowledged (Slack: Events API, retries). */
  event(body: Record<string, unknown>): void;
  /** Gives up all that is waiting. */
  stop(): Promise<void>;
}
