import { existsSync } from 'node:fs';
import { StoreFault } from '../app/faults.ts';
import type { Clock, NewId } from '../app/ports.ts';
import { acceptedUpTo, type Restored } from '../domain/anchor.ts';
import { factsOf } from '../domain/audit/facts.ts';
import type { OsUser, Sha256 } from '../domain/audit.ts';
import { correlationId, iso, showApprovalId, showDrainId } from '../domain/ids.ts';
import { redactText } from '../redact.ts';
import { openStore } from '../store/open.ts';
import type { Subcommand } from './audit-subcommand.ts';

/** `accept-restore`: lets the bot change things again on a database from the past. */
export const acceptRestoreCommand: Subcommand = {
  usage: '[FILE] --reason TEXT',
  help: [
    'lets the bot change things again after it found its database restored. Stop the bot first.',
    '--reason  why; it goes into the log with your name on this machine',
  ],
  options: { reason: 'text' },
  files: 1,
  prepare(given, ports) {
    const reason = given.text('reason')?.trim() ?? '';
    if (reason === '') return { objections: ['accept-restore wants a --reason: it goes into the log.'] };
    return { run: () => acceptRestore(given.files[0] ?? ports.defaultFile, reason, ports) };
  },
};

/** What accepting a restore needs of the world. */
export interface AcceptPorts {
  clock: Clock;
  newId: NewId;
  sha256: Sha256;
  /** Who accepts. */
  by: OsUser;
  print(line: string): Promise<void>;
}

/** Accepts that a database was restored, on the word of whoever runs the bot: written into its log, and from the next start
 * on it changes things again. False: there is nothing to accept. Throws a StoreFault where the bot still holds the file,
 * or it can't be opened. */
export async function acceptRestore(file: string, reason: string, ports: AcceptPorts): Promise<boolean> {
  // openStore would make one, and that would be accepted as the bot's.
  if (!existsSync(file)) throw new StoreFault(`There is no database ${file}.`);
  const { clock, newId, sha256, by, print } = ports;
  const store = await openStore({
    path: file,
    clock,
    newId,
    sha256,
    clean: (text) => redactText(text),
    owner: `accept-restore, ${by.name}`,
  });
  try {
    const { restored } = await store.thisDatabase();
    if (restored === null) {
      await print('Nothing was accepted: the bot has not found this database to be restored.');
      await print('It finds that at its start, by the anchors in Slack: start it once on this file.');
      return false;
    }
    for (const line of reportOf(restored)) await print(line);
    const at = clock.now();
    const upTo = acceptedUpTo(restored, at);
    const { seq, hash } = await store.transact(async (tx) => {
      await tx.acceptRestore(upTo, restored.numbers);
      return tx.append({
        at,
        event: 'database.restore-accepted',
        actor: by,
        correlation: correlationId(newId()),
        reason,
        facts: factsOf({
          how: restored.how,
          anchor: restored.anchor,
          until: upTo,
          numbers: restored.numbers,
        }),
      });
    });
    await print('');
    await print(`Accepted by ${by.name} on ${by.host}, entry ${seq} of the log, head ${seq}:${hash}`);
    await print(
      'Start the bot: it changes things again. What is void stays void; ask anew for what is still wanted.',
    );
    return true;
  } finally {
    await store.close();
  }
}

function reportOf({ how, anchor, head, since, voided, watched, unsent, numbers }: Restored): string[] {
  const ends = head === null ? 'had no entry' : `ended at entry ${head.seq}`;
  const found = {
    behind: `its log ${ends}, and Slack holds an anchor of entry ${anchor.seq}`,
    'other-history': `its log has another entry ${anchor.seq} than Slack holds an anchor of`,
    'another-database': `it ${ends}, and Slack holds an anchor of entry ${anchor.seq} of another database`,
  }[how];
  const named = (ids: string[]) => (ids.length === 0 ? 'none' : ids.join(', '));
  return [
    `Found at ${iso(since)}: ${found}, of ${iso(anchor.at)}.`,
    `What was done between is not in this log. The anchor: ${anchor.seq}:${anchor.hash}`,
    `Questions that became void: ${named(voided.map(showApprovalId))}`,
    `Drains that were only watched: ${named(watched.map(showDrainId))}`,
    `Old messages that were not sent: ${unsent}`,
    `Numbers go on above ${inWords(numbers)}`,
  ];
}

function inWords({ drains, approvals, plans }: Restored['numbers']): string {
  const given = [
    ...(drains === 0 ? [] : [`d${drains}`]),
    ...(approvals === 0 ? [] : [`a${approvals}`]),
    ...(plans === 0 ? [] : [`p${plans}`]),
  ];
  return given.length === 0 ? 'those known' : given.join(', ');
}
