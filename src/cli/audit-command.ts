import { StoreFault } from '../app/faults.ts';
import { acceptRestoreCommand } from './audit-accept.ts';
import { archiveCommand } from './audit-archive.ts';
import { backupCommand } from './audit-backup.ts';
import { exportCommand } from './audit-export.ts';
import { plain } from './audit-line.ts';
import { listCommand } from './audit-list.ts';
import { newKeyCommand } from './audit-new-key.ts';
import { type AuditCommandPorts, readGiven, type Subcommand } from './audit-subcommand.ts';
import { verifyCommand } from './audit-verify.ts';

/** In the order of the help. */
const subcommands: Readonly<Record<string, Subcommand>> = {
  list: listCommand,
  export: exportCommand,
  verify: verifyCommand,
  backup: backupCommand,
  'new-key': newKeyCommand,
  archive: archiveCommand,
  'accept-restore': acceptRestoreCommand,
};

const footer = `FILE is the bot's database or a copy of it, by default DATABASE_PATH; list, export and verify only read it, also
while the bot runs. Exit status: 0 whole, written or done, 1 the log is bad or there was nothing to do, 2 not understood
or not readable.`;

/** `npm run audit`; answers the exit status. */
export async function auditCommand(args: string[], ports: AuditCommandPorts): Promise<number> {
  const [name = '', ...rest] = args;
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    await ports.print(helpOn(subcommand === undefined ? Object.keys(subcommands) : [name]));
    return 0;
  }
  if (subcommand === undefined) {
    const known = inWords(Object.keys(subcommands));
    const what = name === '' ? `What: ${known}?` : `“${name}” is none of ${known}.`;
    ports.complain(`${what}\n\n${helpOn(Object.keys(subcommands))}`);
    return 2;
  }
  const { given, objections } = readGiven(name, subcommand, rest, takersOf);
  const prepared = subcommand.prepare(given, ports);
  if ('objections' in prepared || objections.length > 0) {
    const all = [...objections, ...('objections' in prepared ? prepared.objections : [])];
    ports.complain(`${all.join('\n')}\n\n${helpOn([name])}`);
    return 2;
  }
  try {
    return (await prepared.run()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    ports.complain(plain(error.message, 4_000));
    return 2;
  }
}

function helpOn(names: string[]): string {
  const known = names.flatMap((name) => {
    const subcommand = subcommands[name];
    return subcommand === undefined ? [] : [{ name, ...subcommand }];
  });
  const usages = known.map(({ name, usage }) => `npm run audit -- ${name} ${usage}`.trimEnd());
  const texts = known.map(({ name, help: [first = '', ...more] }) =>
    [`${name}  ${first}`, ...more.map((line) => `  ${line}`)].join('\n'),
  );
  return `${usages.join('\n')}\n\n${texts.join('\n')}\n\n${footer}`;
}

function takersOf(option: string): string[] {
  return Object.keys(subcommands).filter((name) => Object.hasOwn(subcommands[name]?.options ?? {}, option));
}

function inWords(names: string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
