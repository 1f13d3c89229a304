import { describe, expect, it } from '@jest/globals';
import { makeExport } from '../../src/app/outbox/make-export.ts';
import type { ClosedFile } from '../../src/domain/audit/closed-file.ts';
import type { LoggedEntry } from '../../src/domain/audit/export/fields.ts';
import type { AuditFilter } from '../../src/domain/audit/filter.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { least, logged } from '../domain/audit/export/full-entry.ts';

const filter: AuditFilter = {
  agent: 'agent3',
  cluster: null,
  by: null,
  command: null,
  since: null,
  until: null,
};
const asked = (over: object = {}): Extract<Notice, { kind: 'audit-export' }> => ({
  kind: 'audit-export',
  format: 'jsonl',
  filter,
  upTo: 1_200,
  ...over,
});

/** A log of so many entries, of which every second passes; and how it was read. */
function logOf(entries: number) {
  const reads: { before: number; limit: number }[] = [];
  return {
    reads,
    closedFile: async (): Promise<ClosedFile | null> => null,
    auditBefore: async (given: AuditFilter, before: number, limit: number): Promise<LoggedEntry[]> => {
      expect(given).toEqual(filter);
      reads.push({ before, limit });
      const newest = Math.min(entries, before - 1);
      const passing = Array.from({ length: newest }, (_, n) => newest - n).filter((seq) => seq % 2 === 0);
      return passing.slice(0, limit).map((seq) => logged(least({ seq })));
    },
  };
}

const seqsIn = (bytes: Uint8Array) =>
  [...new TextDecoder().decode(bytes).matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));

describe('the file of an export', () => {
  it('has all entries that pass, oldest first, read a page at a time', async () => {
    const log = logOf(1_200);
    const { bytes, ...rest } = await makeExport(log, asked());
    expect(rest).toEqual({ entries: 600, from: 2, more: false, closedUpTo: null });
    expect(seqsIn(bytes)).toEqual(Array.from({ length: 600 }, (_, n) => 2 * n + 2));
    expect(log.reads).toEqual([
      { before: 1_201, limit: 500 },
      { before: 202, limit: 500 },
    ]);
  });

  it('has none that was appended after it was asked for', async () => {
    const { bytes, ...rest } = await makeExport(logOf(1_200), asked({ upTo: 5 }));
    expect(rest).toEqual({ entries: 2, from: 2, more: false, closedUpTo: null });
    expect(seqsIn(bytes)).toEqual([2, 4]);
  });

  it('has the newest where there are more than it may have, and says so', async () => {
    const { bytes, ...rest } = await makeExport(logOf(1_200), asked(), { entries: 3, bytes: 1e6 });
    expect(rest).toEqual({ entries: 3, from: 1_196, more: true, closedUpTo: null });
    expect(seqsIn(bytes)).toEqual([1_196, 1_198, 1_200]);
  });

  it('keeps to its size', async () => {
    const size = 1_000;
    const { bytes, entries, more } = await makeExport(logOf(1_200), asked(), { entries: 99, bytes: size });
    expect({ entries, more }).toEqual({ entries: seqsIn(bytes).length, more: true });
    expect(bytes.byteLength).toBeLessThanOrEqual(size);
    expect(entries).toBeGreaterThan(2);
  });

  it('says nothing of older ones where it holds exactly as many as it may', async () => {
    const limits = { entries: 2, bytes: 1e6 };
    expect(await makeExport(logOf(4), asked({ upTo: 4 }), limits)).toMatchObject({ entries: 2, more: false });
  });

  it('is no empty one where the log was closed since it was asked for, and says up to where', async () => {
    const closed: ClosedFile = { file: 'a.db', sha256: '', bytes: 1, seq: 40, hash: '' };
    const log = { ...logOf(0), closedFile: async () => closed };
    const { bytes, ...rest } = await makeExport(log, asked({ upTo: 40 }));
    expect([...bytes]).toEqual([10]);
    expect(rest).toEqual({ entries: 0, from: null, more: false, closedUpTo: 40 });
  });

  it('begins with the head of its format', async () => {
    const { bytes } = await makeExport(logOf(4), asked({ format: 'csv', upTo: 4 }));
    expect([...bytes.slice(0, 5)]).toEqual([0xef, 0xbb, 0xbf, 97, 116]);
    expect(new TextDecoder().decode(bytes).trimEnd().split('\r\n')).toHaveLength(3);
  });
});
