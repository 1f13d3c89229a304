import type { ApprovalId } from '../../../domain/ids.ts';
import { showApprovalId } from '../../../domain/ids.ts';
import type { Person } from '../../../domain/person.ts';
import { mention } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';

/** `@a, @b and @c`. */
export function people(by: Pick<Person, 'userId'>[]): string {
  return enumerate(by.map(({ userId }) => mention(userId)));
}

/** `Approved by @bob (a9)`: on whose word something irreversible was done. */
export function approvedBy(by: Pick<Person, 'userId'>[], approval: ApprovalId): string {
  return `Approved by ${by.length === 0 ? 'nobody on record' : people(by)} (${showApprovalId(approval)})`;
}
