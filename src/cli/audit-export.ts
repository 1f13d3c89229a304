import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { StoreFault } from '../app/faults.ts';
import { type ExportFormat, exportFormatNames, exportFormats } from '../domain/audit/export/formats.ts';
import type { AuditFilter } from '../domain/audit/filter.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { storeFault } from '../store/faults.ts';
import { filterHelp, filterOptions, filterUsage, nonePasses, readAuditFilter } from './audit-filter.ts';
import type { AuditCommandPorts, Subcommand } from './audit-subcommand.ts';

/** `export`: the log in a format that other programs read. */
export const exportCommand: Subcommand = {
  usage: `[FILE] --format ${exportFormatNames.join('|')} ${filterUsage} [--out NEW_FILE]`,
  help: [
    'writes the audit log for other programs, oldest entry first (docs/audit-export.md).',
    '--format  csv for spreadsheets, jsonl with the entries verbatim, ecs for Elastic, ocsf for security lakes',
    ...filterHelp,
    '--out     to a new file that only you can read, instead of the standard output',
  ],
  options: { format: 'text', ...filterOptions, out: 'text' },
  files: 1,
  prepare(given, ports) {
    const read = readAuditFilter(given, ports.clock.now());
    const name = given.text('format');
    const format = exportFormatNames.find((each) => each === name);
    if ('objections' in read || format === undefined) {
      const which = `--format: ${exportFormatNames.join(', ')}; ${name === null ? 'none was given' : `not ${name}`}.`;
      const objections = 'objections' in read ? read.objections : [];
      return { objections: format === undefined ? [which, ...objections] : objections };
    }
    const from = given.files[0] ?? ports.defaultFile;
    const to = given.text('out');
    return {
      run: async () => {
        const entries =
          to === null
            ? (await write(from, format, read.filter, ports.print)).entries
            : await writeFile(from, to, format, read.filter, ports.print);
        if (entries === 0) ports.complain(nonePasses);
        return true;
      },
    };
  },
};

type Print = AuditCommandPorts['print'];

/** Lines that are printed at once, in UTF-16 units: waiting for each of a million takes longer than writing it. */
const chunkSize = 64 * 1024;

/** Prints the log, some lines at a time, without the last line end of each, and answers how many entries it was. */
async function write(
  from: string,
  format: ExportFormat,
  filter: AuditFilter,
  print: Print,
): Promise<{ entries: number; head: string | null }> {
  const { head, line } = exportFormats[format];
  const file = await openAuditFile(from);
  let chunk = head;
  let entries = 0;
  let last: string | null = null;
  try {
    for await (const logged of file.entries(filter)) {
      chunk += line(logged);
      entries += 1;
      last = `${logged.row.seq}:${logged.row.hash}`;
      if (chunk.length < chunkSize) continue;
      await print(chunk.slice(0, -1));
      chunk = '';
    }
    if (chunk !== '') await print(chunk.slice(0, -1));
    return { entries, head: last };
  } finally {
    await file.close();
  }
}

/** To a file that has its name only once it is whole. */
async function writeFile(
  from: string,
  to: string,
  format: ExportFormat,
  filter: AuditFilter,
  print: Print,
): Promise<number> {
  const partial = `${to}.partial`;
  refuseExisting(to);
  const handle = await onDisk(partial, () => open(partial, 'wx', 0o600));
  try {
    const { entries, head } = await write(from, format, filter, async (text) => {
      await onDisk(partial, () => handle.writeFile(`${text}\n`));
    });
    await onDisk(partial, () => handle.sync());
    await handle.close();
    // Somebody may have made it meanwhile, and a rename would replace it.
    refuseExisting(to);
    await onDisk(to, () => rename(partial, to));
    await print(`${entries} entries, written to ${to}${head === null ? '' : `; the last is ${head}`}`);
    return entries;
  } catch (fault) {
    await handle.close();
    await rm(partial, { force: true });
    throw fault;
  }
}

function refuseExisting(to: string): void {
  if (existsSync(to))
    throw new StoreFault(`${to} exists, and an export replaces nothing. Choose a new name.`);
}

async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeFault(`${path} can't be written`, error);
  }
}
