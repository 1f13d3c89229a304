import type { DocumentReader } from './document-reader.ts';
import { ReadFault } from './read-fault.ts';
import type { Query } from './requests.ts';
import { cleaned } from './shapes/fields.ts';
import { type HttpResult, isSuccess } from './wire.ts';

/** What became of a read; a success has gone into the reader. */
export type ReadResult = HttpResult & { reader: DocumentReader };

/** The projection of an answer. What was parsed of it dies here. Throws a ReadFault that names what is amiss: the
 * status and the master's words, or the path of the first field of an unexpected shape. */
export function projected<T>(query: Query<T>, url: URL, result: ReadResult): T {
  if (result.kind !== 'answered' || !isSuccess(result.status))
    throw new ReadFault(`${query.name} of ${url.host}: ${inWords(result)}`, mayPass(result));
  const whole = result.reader.finish();
  if (whole === null) throw new ReadFault(`${query.name} of ${url.host}: the answer is not JSON`, true);
  const read = query.shape.safeParse(whole.document);
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
