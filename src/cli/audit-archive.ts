import { correlationId } from '../domain/ids.ts';
import { archiveLog } from '../store/archive/archive-log.ts';
import type { Moved } from '../store/archive/move-work.ts';
import type { AuditCommandPorts, Subcommand } from './audit-subcommand.ts';
import { checkWhole } from './check-whole.ts';

/** `archive`: closes the log's file, and begins a new one in its place. */
export const archiveCommand: Subcommand = {
  usage: 'TO [FILE]',
  help: [
    'closes the database into the new file TO, complete and read-only, and begins a new one in its place, with the work',
    'that is not over. Stop the bot first. Cut off at any point, it is finished by running it again.',
  ],
  options: {},
  files: 2,
  prepare({ files: [to, from] }, ports) {
    if (to === undefined) return { objections: ['archive wants the name of the new file.'] };
    return { run: () => archive(from ?? ports.defaultFile, to, ports) };
  },
};

async function archive(file: string, to: string, ports: AuditCommandPorts): Promise<boolean> {
  const { clock, newId, sha256, by, print } = ports;
  const done = await archiveLog({
    file,
    archive: to,
    now: clock.now(),
    correlation: correlationId(newId()),
    by,
    sha256,
    check: (path) => checkWhole(path, ports, 'archive'),
  });
  const { closed } = done;
  switch (done.kind) {
    case 'archived':
      await print(
        `Archived into ${to}, which is closed and read-only. Keep it: nothing else has what is in it.`,
      );
      break;
    case 'finished':
      await print(`An earlier run had done all but give ${to} its name; now it has it.`);
      break;
    case 'already':
      await print(`Nothing was done: ${file} goes on from ${to} already.`);
      break;
  }
  await print(`closed  ${closed.seq}:${closed.hash}`);
  await print(`size    ${closed.bytes} bytes`);
  await print(`sha256  ${closed.sha256}`);
  if (done.kind !== 'archived') return done.kind === 'finished';
  await print(`moved   ${inWords(done.moved)}`);
  await print(`${file} goes on at entry ${closed.seq + 1}. Start the bot.`);
  return true;
}

/** Where people have another word for it. */
const words: Readonly<Record<string, string>> = {
  inbox: 'commands',
  notices: 'messages',
  approvals: 'questions',
};

function inWords(moved: Moved): string {
  return Object.entries(moved)
    .map(([table, rows]) => `${rows} ${words[table] ?? table.replaceAll('_', ' ')}`)
    .join(', ');
}
