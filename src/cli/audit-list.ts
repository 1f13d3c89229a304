import { exportFormats } from '../domain/audit/export/formats.ts';
import type { AuditFilter } from '../domain/audit/filter.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { filterHelp, filterOptions, filterUsage, nonePasses, readAuditFilter } from './audit-filter.ts';
import { auditHeading, auditLine } from './audit-line.ts';
import type { AuditCommandPorts, Subcommand } from './audit-subcommand.ts';

/** `list`: the log as a table, or as one JSON object a line. */
export const listCommand: Subcommand = {
  usage: `[FILE] ${filterUsage} [--json]`,
  help: [
    'prints the audit log, oldest entry first.',
    ...filterHelp,
    '--json    one JSON object a line: hash, and entry exactly as it was hashed; like export --format jsonl',
  ],
  options: { ...filterOptions, json: 'flag' },
  files: 1,
  prepare(given, ports) {
    const read = readAuditFilter(given, ports.clock.now());
    if ('objections' in read) return read;
    const path = given.files[0] ?? ports.defaultFile;
    return { run: () => list(path, read.filter, given.flag('json'), ports) };
  },
};

async function list(
  path: string,
  filter: AuditFilter,
  json: boolean,
  { print, complain }: AuditCommandPorts,
): Promise<boolean> {
  const file = await openAuditFile(path);
  try {
    if (!json) await print(auditHeading);
    let entries = 0;
    for await (const logged of file.entries(filter)) {
      await print(json ? exportFormats.jsonl.line(logged).trimEnd() : auditLine(logged.entry));
      entries += 1;
    }
    if (entries === 0) complain(nonePasses);
    return true;
  } finally {
    await file.close();
  }
}
