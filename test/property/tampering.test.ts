import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noProgress } from '../../src/cli/progress.ts';
import { type Evidence, nothingKept, verifyLog } from '../../src/cli/verify-log.ts';
import { publicKeys, signerBy } from '../../src/signing.ts';
import type { AuditFile } from '../../src/store/audit-file.ts';
import { shownRow } from '../../src/store/audit-rows.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { readAudit } from '../support/read-audit.ts';
import { signedLog } from '../support/tampering/signed-log.ts';
import { handedOver, type Row, type TableInHand, tableInHand } from '../support/tampering/table.ts';
import { anchorOf, type Tampered, tamperings } from '../support/tampering/tamper.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keys = publicKeys([publicKey]);
const forger = signerBy(generateKeyPairSync('ed25519').privateKey);
const withKey = { anchors: [], keys };

const folder = mkdtempSync(join(tmpdir(), 'mesos-chatops-tampering-'));
const path = join(folder, 'bot.db');
let whole: Row[];
let hand: TableInHand;

beforeAll(async () => {
  await signedLog(path, signerBy(privateKey));
  hand = await tableInHand(path);
  whole = await hand.rows();
});
afterAll(async () => {
  await hand.file.close();
  rmSync(folder, { recursive: true });
});

/** By its rows alone: what else is not as the bot made it was taken away on purpose. */
async function verified(rows: AuditFile['rows'], kept: Evidence) {
  const nothing = async () => [];
  const file = {
    ...{ rows, schemaFlaws: nothing, damage: nothing },
    database: async () => 'db-1',
    head: async () => null,
  };
  const lines: string[] = [];
  const print = async (line: string) => void lines.push(line);
  const isWhole = await verifyLog(file, kept, { sha256, print, progress: noProgress });
  return { isWhole, lines };
}

/** Which entries a report blames, first and last; null: none. */
function blamed(lines: string[]): [number, number] | null {
  const [, from, to] = /^Entry (-?\d+)(?:, or one up to (\d+),)? is bad/m.exec(lines.join('\n')) ?? [];
  return from === undefined ? null : [Number(from), Number(to ?? from)];
}

describe('a log that nobody touched', () => {
  it('is whole, with every anchor and the key', async () => {
    expect(await readAudit(path)).toMatchObject({ flaws: [], entries: { length: 14 } });
    const anchors = whole.map((_, index) => anchorOf(whole, index));
    const { lines } = await verified(hand.file.rows, { anchors, keys });
    expect(blamed(lines)).toBeNull();
    expect(lines.slice(1)).toEqual([
      '14 anchors fit, the last of entry 14.',
      expect.stringContaining('Signed up to entry 11'),
    ]);
  });
});

describe('a log that somebody tampered with', () => {
  const names = Object.keys(tamperings);

  async function found(runs: number, seed: number, show: (rows: Row[]) => Promise<AuditFile['rows']>) {
    const choices = fc.record({ a: fc.nat(), b: fc.nat(), c: fc.nat() });
    let ran = 0;
    const property = fc.asyncProperty(fc.constantFrom(...names), choices, async (name, choice) => {
      const done = tamperings[name]?.(whole, choice, forger) ?? null;
      fc.pre(done !== null && !isSame(done.rows));
      if (done === null) return;
      const { rows, needs } = done;
      const kept =
        needs === null ? nothingKept : needs === 'key' ? withKey : { anchors: [needs], keys: null };
      const { isWhole, lines } = await verified(await show(rows), kept);
      ran += 1;
      const missed = whatMissed(isWhole, lines, done);
      // Each expect takes as long as the rest of it.
      if (missed !== null) throw new Error(`${missed}:\n${lines.join('\n')}`);
    });
    await fc.assert(property, { numRuns: runs, seed, maxSkipsPerRun: 1000, endOnFailure: true });
    expect(ran).toBe(runs);
  }

  // Through SQLite each takes ten times as long, and only what it hands over differs.
  it(
    'is found out by the chain, an anchor or the key, a thousand times in a table',
    () =>
      found(1000, 20_261_125, async (rows) => {
        await hand.put(rows);
        return hand.file.rows;
      }),
    120_000,
  );

  it(
    'is found out nine thousand times more in rows as SQLite would hand them over',
    () =>
      found(
        9000,
        20_261_126,
        async (rows) =>
          async function* () {
            yield* rows.map((row) => shownRow(handedOver(row)));
          },
      ),
    120_000,
  );

  /** What the report lacks; null: nothing. */
  function whatMissed(isWhole: boolean, lines: string[], { rows, needs, from }: Tampered): string | null {
    if (isWhole) return 'It was taken for whole';
    const blames = blamed(lines);
    // Where no signature is left at all, that is what is told.
    if (blames === null)
      return lines.at(-1)?.startsWith('No head in this log is signed') ? null : 'No entry was blamed';
    // Of a log that is both rebuilt and too short, it is certain only that its end is missing.
    const isShort = needs !== null && needs !== 'key' && needs.seq > rows.length;
    if (blames[0] > (isShort ? needs.seq : from)) return `The first that was blamed is after entry ${from}`;
    return blames[1] < from ? `The last that was blamed is before entry ${from}` : null;
  }

  function isSame(rows: readonly Row[]): boolean {
    return (
      rows.length === whole.length &&
      rows.every((row, index) => {
        const was = whole[index];
        return (
          was !== undefined &&
          row.seq === was.seq &&
          row.textIs === was.textIs &&
          row.hashIs === was.hashIs &&
          row.text.equals(was.text) &&
          row.hash.equals(was.hash)
        );
      })
    );
  }
});
