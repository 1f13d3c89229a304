/** The body of an event, as the Events API sends it. */
export type EventBody = Record<string, unknown>;

/** Where events pass on their way to the app. Slack promises neither order nor haste, sends some twice and loses some;
 * here that happens on request. */
export class EventGate {
  readonly #deliver: (event: EventBody) => void;
  #onTheWay: 'pass' | 'wait' | 'are lost' = 'pass';
  #waiting: EventBody[] = [];
  #delivered: EventBody[] = [];

  constructor(deliver: (event: EventBody) => void) {
    this.#deliver = deliver;
  }

  take(event: EventBody): void {
    switch (this.#onTheWay) {
      case 'pass':
        this.#send(event);
        return;
      case 'wait':
        this.#waiting.push(event);
        return;
      case 'are lost':
        return;
      default:
        this.#onTheWay satisfies never;
    }
  }

  /** Events wait from now on. */
  hold(): void {
    this.#onTheWay = 'wait';
  }

  /** Events are lost from now on; those that wait already go on waiting. */
  lose(): void {
    this.#onTheWay = 'are lost';
  }

  /** Events pass again. What waited goes first: in its order, or the last first. */
  release(order: 'in order' | 'backwards' = 'in order'): void {
    this.#onTheWay = 'pass';
    const waited = this.#waiting;
    this.#waiting = [];
    for (const event of order === 'in order' ? waited : waited.reverse()) this.#send(event);
  }

  /** All events delivered so far come once more, with the ids they had. */
  repeat(): void {
    for (const event of this.#delivered) this.#deliver(event);
  }

  #send(event: EventBody): void {
    this.#delivered.push(event);
    this.#deliver(event);
  }
}
