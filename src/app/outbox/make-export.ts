import { exportFormats, sharedLimits } from '../../domain/audit/export/formats.ts';
import type { Notice } from '../../domain/notice.ts';
import type { ExportContent, Store } from '../ports.ts';

/** Entries of one read. */
const pageSize = 500;
const lineFeed = 10;

/** Makes the file that was asked for: the newest of the entries that pass, as many as it may have, the oldest of them
 * first. As the log only grows, it is the same however late and often it is made. Throws a StoreFault. */
export async function makeExport(
  store: Pick<Store, 'auditBefore' | 'closedFile'>,
  { format, filter, upTo }: Extract<Notice, { kind: 'audit-export' }>,
  limits: { entries: number; bytes: number } = sharedLimits,
): Promise<ExportContent> {
  const { head, line } = exportFormats[format];
  const closedUpTo = (await store.closedFile())?.seq ?? null;
  const encoder = new TextEncoder();
  const first = encoder.encode(head);
  const lines: Uint8Array[] = [];
  let size = first.byteLength;
  let from = upTo + 1;
  let more = true;
  while (more) {
    const page = await store.auditBefore(filter, from, pageSize);
    for (const logged of page) {
      const bytes = encoder.encode(line(logged));
      if (lines.length === limits.entries || size + bytes.byteLength > limits.bytes)
        return fileOf(first, lines, size, { from, more, closedUpTo });
      lines.push(bytes);
      size += bytes.byteLength;
      from = logged.row.seq;
    }
    more = page.length === pageSize;
  }
  return fileOf(first, lines, size, { from, more, closedUpTo });
}

function fileOf(
  head: Uint8Array,
  newestFirst: Uint8Array[],
  size: number,
  { from, more, closedUpTo }: Pick<ExportContent, 'more' | 'closedUpTo'> & { from: number },
): ExportContent {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of [head, ...newestFirst.reverse()]) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  const none = newestFirst.length === 0;
  // Slack takes no file of no bytes; the log's file may have been closed since there was an entry.
  const filled = size === 0 ? new Uint8Array([lineFeed]) : bytes;
  return { bytes: filled, entries: newestFirst.length, from: none ? null : from, more, closedUpTo };
}
