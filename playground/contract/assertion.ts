import type { Answer, OperatorApi } from './operator-api.ts';

/** What an assertion may use. */
export interface Subject {
  readonly leader: OperatorApi;
  /** The address that was given, leader or not. */
  readonly given: OperatorApi;
}

/** Something that holds for every master. `run` throws what it found instead, or NotApplicable. */
export interface Assertion<S extends Subject = Subject> {
  readonly name: string;
  /** Whether the later assertions of the same agent are left out when this one fails. */
  readonly isGate?: true;
  run(subject: S): Promise<void>;
}

/** The cluster is in no state in which the assertion could be told true from false. `isEnd`: nor can any later one
 * of the same agent. */
export class NotApplicable extends Error {
  override name = 'NotApplicable';
  readonly isEnd: boolean;

  constructor(why: string, isEnd = false) {
    super(why);
    this.isEnd = isEnd;
  }
}

/** Throws unless both print the same. */
export function same(found: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${what}: wanted ${b}, found ${a}`);
}

/** Throws unless a condition holds. */
export function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** Throws unless an answer has a status and, as text, exactly a body or one that starts with it. */
export function answers(answer: Answer, status: number, text: string): void {
  same(answer.status, status, 'status');
  holds(
    answer.text.startsWith(text),
    `body: wanted ${JSON.stringify(text)}, found ${JSON.stringify(answer.text)}`,
  );
}

/** A mutating call that succeeded: 200, no body, no Content-Type. */
export function accepted(answer: Answer): void {
  same([answer.status, answer.text, answer.headers.get('content-type')], [200, '', null], 'answer');
}

/** Polls until a condition holds; throws after `forMs`. */
export async function eventually(what: string, forMs: number, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + forMs;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${forMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
