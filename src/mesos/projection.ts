import { isSuccess } from './leader.ts';
import { ReadFault } from './read-fault.ts';
import type { Query } from './requests.ts';
import { cleaned } from './shapes/fields.ts';
import type { HttpResult } from './wire.ts';

/** The projection of an answer. The parsed document dies here. Throws a ReadFault that names what is amiss: the
 * status and the master's words, or the path of the first field of an unexpected shape. */
export function projected<T>(query: Query<T>, url: URL, result: HttpResult): T {
  if (result.kind !== 'answered' || !isSuccess(result.status))
    throw new ReadFault(`${query.name} of ${url.host}: ${inWords(result)}`, mayPass(result));
  let document: unknown;
  try {
    document = JSON.parse(result.body);
  } catch {
    throw new ReadFault(`${query.name} of ${url.host}: the answer is not JSON`, true);
  }
  const read = query.shape.safeParse(document);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = issue === undefined || issue.path.length === 0 ? 'the answer' : issue.path.join('.');
  throw new ReadFault(
    `${query.name} of ${url.host}: unexpected shape at ${cleaned(path)}: ${cleaned(issue?.message ?? '')}`,
    false,
  );
}

/** One line on what became of a request. */
export function inWords(result: HttpResult | { kind: 'misdirected'; why: string }): string {
  if (result.kind !== 'answered') return result.why;
  return `${result.status} ${cleaned(result.body)}`.trim();
}

/** Whether asking again soon makes sense: not after a 4xx, and not after a deadline, which took long enough. */
export function mayPass(result: HttpResult | { kind: 'misdirected' }): boolean {
  switch (result.kind) {
    case 'answered':
      return result.status >= 500;
    case 'not-connected':
      return true;
    case 'broken':
      return !result.timedOut;
    case 'misdirected':
      return false;
  }
}
