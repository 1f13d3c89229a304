import { type Answer, no } from './method.ts';

/** One page of a list, by Slack's cursor pagination; the cursor is opaque to clients. Null for a cursor we never gave. */
export function pageOf<T>(
  items: T[],
  limit: number,
  cursor: string | null,
): { items: T[]; next: string } | null {
  const from =
    cursor === null
      ? 0
      : Number(
          Buffer.from(cursor, 'base64')
            .toString()
            .replace(/^from:/, ''),
        );
  if (!Number.isInteger(from) || from < 0) return null;
  const end = from + limit;
  const next = end < items.length ? Buffer.from(`from:${end}`).toString('base64') : '';
  return { items: items.slice(from, end), next };
}

export const badCursor = (): Answer => no('invalid_cursor');
