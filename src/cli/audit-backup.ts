import { StoreFault } from '../app/faults.ts';
import type { Head } from '../domain/verify.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { backUp } from '../store/backup.ts';
import { digestOf } from '../store/on-disk.ts';
import type { AuditCommandPorts, Subcommand } from './audit-subcommand.ts';
import { checkWhole } from './check-whole.ts';

/** `backup`: a verified copy of the database, also while the bot writes. */
export const backupCommand: Subcommand = {
  usage: 'TO [FILE]',
  help: ['copies the whole database, also while the bot writes, into a new file TO, and verifies the copy.'],
  options: {},
  files: 2,
  prepare({ files: [to, from] }, ports) {
    if (to === undefined) return { objections: ['backup wants the name of the new file.'] };
    return { run: () => backup(from ?? ports.defaultFile, to, ports) };
  },
};

async function backup(from: string, to: string, ports: AuditCommandPorts): Promise<boolean> {
  const before = await headOf(from);
  let head: Head | null = null;
  await backUp(from, to, async (copy) => {
    head = await checked(copy, before, ports);
  });
  const { sha256: digest, bytes } = await digestOf(to);
  const { print } = ports;
  await print(`Backed up ${from} to ${to}, verified`);
  await print(`head    ${shown(head)}`);
  await print(`size    ${bytes} bytes`);
  await print(`sha256  ${digest}`);
  return true;
}

async function headOf(path: string): Promise<Head | null> {
  const file = await openAuditFile(path);
  try {
    return await file.head();
  } finally {
    await file.close();
  }
}

/** The head of a copy that is whole and has what the database had `before` it was made. Throws a StoreFault on any other. */
async function checked(copy: string, before: Head | null, ports: AuditCommandPorts): Promise<Head | null> {
  await checkWhole(copy, ports, 'backup');
  const file = await openAuditFile(copy);
  try {
    if (before !== null && (await file.hashOf(before.seq)) !== before.hash)
      throw new StoreFault(
        `No backup was made: the copy lacks entry ${before.seq}, which the database has. Was it replaced? Run it again.`,
      );
    return await file.head();
  } finally {
    await file.close();
  }
}

/** As `verify --anchor` takes it. */
function shown(head: Head | null): string {
  return head === null ? 'none: the log is empty' : `${head.seq}:${head.hash}`;
}
