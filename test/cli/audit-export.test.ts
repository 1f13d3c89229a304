import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cleanUp, freshPath, open, withFile } from '../store/fresh-store.ts';
import { draft } from '../store/samples.ts';
import { runAudit } from './run-audit.ts';

cleanUp();

/** A log of `entries` entries, the first of another agent, held open by a bot. */
async function heldLog(entries = 3): Promise<string> {
  const path = freshPath();
  const store = await open(path);
  await store.transact(async (tx) => {
    await tx.append(draft({ agent: { id: 'other-S4', hostname: 'agent4.example' } }));
    for (let n = 1; n < entries; n += 1)
      await tx.append(draft({ reason: '=1+1', facts: { long: 'x'.repeat(entries > 9 ? 2_000 : 0) } }));
  });
  return path;
}

describe('npm run audit -- export', () => {
  it.each([
    ['csv', 4, /^\uFEFFat,.*\r$/, /^2026-.*,command\.accepted,.*,'=1\+1,.*,[0-9a-f]{64}\r$/],
    ['jsonl', 3, /^\{"hash":"[0-9a-f]{64}","entry":\{.*\}\}$/, /"seq":3/],
    ['ecs', 3, /^\{"@timestamp":/, /"sequence":3/],
    ['ocsf', 3, /^\{"time":/, /"type_uid":600303/],
  ])('writes %s, line by line, while a bot holds the file', async (format, lines, first, last) => {
    const { status, out, err } = await runAudit('export', await heldLog(), '--format', format);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const written = out.join('\n').split('\n');
    expect(written).toHaveLength(lines);
    expect(written[0]).toMatch(first);
    expect(written.at(-1)).toMatch(last);
  });

  it('prints the same as list --json', async () => {
    const path = await heldLog();
    const listed = await runAudit('list', path, '--json');
    expect((await runAudit('export', path, '--format', 'jsonl')).out.join('\n')).toBe(listed.out.join('\n'));
  });

  it('writes only what passes the filters, and of nothing only the head', async () => {
    const path = await heldLog();
    const seqs = async (...args: string[]) =>
      [
        ...(await runAudit('export', path, '--format', 'jsonl', ...args)).out
          .join('\n')
          .matchAll(/"seq":(\d+)/g),
      ].map(([, seq]) => Number(seq));
    expect(await seqs('--agent', 'agent4.example')).toEqual([1]);
    expect(await seqs('--by', 'U0NOBODY0')).toEqual([]);
    expect((await runAudit('export', path, '--format', 'csv', '--by', 'U0NOBODY0')).out).toHaveLength(1);
  });

  it('holds no more than some lines at a time', async () => {
    const { out } = await runAudit('export', await heldLog(60), '--format', 'jsonl');
    expect(out.length).toBeGreaterThan(1);
    expect(out.join('\n').split('\n')).toHaveLength(60);
  });

  it('writes a new file that nobody else can read, and says what it holds', async () => {
    const [path, to] = [await heldLog(), freshPath()];
    const { status, out } = await runAudit('export', path, '--format', 'jsonl', '--out', to);
    expect(status).toBe(0);
    expect(out).toEqual([expect.stringMatching(`^3 entries, written to ${to}; the last is 3:[0-9a-f]{64}$`)]);
    expect(readFileSync(to, 'utf8').split('\n')).toHaveLength(4);
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(existsSync(`${to}.partial`)).toBe(false);
  });

  it('replaces no file', async () => {
    const to = freshPath();
    writeFileSync(to, 'mine');
    const { status, err } = await runAudit('export', await heldLog(), '--format', 'csv', '--out', to);
    expect({ status, err }).toEqual({
      status: 2,
      err: `${to} exists, and an export replaces nothing. Choose a new name.`,
    });
    expect(readFileSync(to, 'utf8')).toBe('mine');
  });

  it('leaves nothing behind of a log that can not be read to its end', async () => {
    const path = freshPath();
    const store = await open(path);
    await store.transact((tx) => tx.append(draft()));
    await store.close();
    await withFile(path, (db) =>
      db.exec(`DROP TRIGGER audit_keeps; UPDATE audit SET entry = replace(entry, '"v":1', '"v":9')`),
    );
    const to = freshPath();
    const { status, err } = await runAudit('export', path, '--format', 'csv', '--out', to);
    expect({ status, err }).toMatchObject({ status: 2, err: expect.stringContaining('verify') });
    expect([existsSync(to), existsSync(`${to}.partial`)]).toEqual([false, false]);
  });

  it('writes nowhere where it can not', async () => {
    const { status, err } = await runAudit(
      'export',
      await heldLog(),
      '--format',
      'csv',
      '--out',
      '/nowhere/x.csv',
    );
    expect({ status, err }).toMatchObject({
      status: 2,
      err: expect.stringContaining('/nowhere/x.csv.partial'),
    });
  });

  it.each([
    [[], ['--format: csv, jsonl, ecs, ocsf; none was given.']],
    [
      ['--format', 'xml', '--since', 'tomorrow'],
      ['--format: csv, jsonl, ecs, ocsf; not xml.', '--since tomorrow'],
    ],
  ])('says all that is wrong with %j', async (args, wrong) => {
    const { status, err } = await runAudit('export', ...args);
    expect(status).toBe(2);
    for (const each of wrong) expect(err).toContain(each);
  });
});
