import type { SimClock } from '../../clock.ts';
import type { Ephemeral, Message } from '../workspace/messages.ts';

const USES = 5;
const LIFE_MS = 30 * 60_000;

/** What the response_url of a slash command or a click stands for. */
export interface ResponseTicket {
  readonly id: string;
  readonly channel: string;
  readonly user: string;
  /** The command as typed, or the label of the button. */
  readonly did: { typed: string } | { clicked: string };
  readonly issuedAt: number;
  readonly expiresAt: number;
  uses: number;
  /** What an answer with replace_original replaces. */
  last: { kind: 'message'; message: Message } | { kind: 'ephemeral'; ephemeral: Ephemeral } | null;
}

/** The response_urls in circulation: five uses within thirty minutes each (Slack: handling user interaction). */
export class ResponseUrls {
  readonly #clock: SimClock;
  readonly #newId: () => string;
  readonly #tickets = new Map<string, ResponseTicket>();

  constructor(clock: SimClock, newId: () => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  /** `last`: what was clicked. */
  issue(
    channel: string,
    user: string,
    did: ResponseTicket['did'],
    last: ResponseTicket['last'] = null,
  ): ResponseTicket {
    const id = this.#newId();
    const issuedAt = this.#clock.now();
    const expiresAt = issuedAt + LIFE_MS;
    const ticket: ResponseTicket = { id, channel, user, did, issuedAt, expiresAt, uses: 0, last };
    this.#tickets.set(id, ticket);
    return ticket;
  }

  /** Every command that was typed and every click, oldest first. */
  issued(): ResponseTicket[] {
    return [...this.#tickets.values()];
  }

  /** Uses the URL once, or says why it can't be used. */
  use(id: string): ResponseTicket | 'expired_url' | 'used_url' {
    const ticket = this.#tickets.get(id);
    if (ticket === undefined || this.#clock.now() >= ticket.expiresAt) return 'expired_url';
    if (ticket.uses >= USES) return 'used_url';
    ticket.uses += 1;
    return ticket;
  }
}
