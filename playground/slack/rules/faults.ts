/** What can go wrong with a request: `hang` never answers and applies nothing; `drop-after-apply` does the work
 * and cuts the connection; `html` is a 200 that a proxy wrote. */
export type FaultKind = 'hang' | '500' | 'drop-after-apply' | '429' | 'html';

export const faultKinds: readonly FaultKind[] = ['hang', '500', 'drop-after-apply', '429', 'html'];

export interface Fault {
  /** A Web API method, `response_url`, `upload` (the bytes of a file), or `*` for every one of them. */
  method: string;
  fault: FaultKind;
  /** How many requests it hits. */
  times: number;
  /** Seconds, for `429`. */
  retryAfter: number;
}

/** The faults that wait to happen, in the order they were asked for. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Pick<Fault, 'method' | 'fault'> & Partial<Fault>): void {
    this.#waiting.push({ times: 1, retryAfter: 1, ...fault });
  }

  /** The fault for this request, used up by one; null when it goes well. */
  take(method: string): Fault | null {
    const fault = this.#waiting.find((each) => each.method === method || each.method === '*');
    if (fault === undefined) return null;
    fault.times -= 1;
    if (fault.times <= 0) this.#waiting = this.#waiting.filter((each) => each !== fault);
    return fault;
  }
}
