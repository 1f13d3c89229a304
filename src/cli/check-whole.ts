import { StoreFault } from '../app/faults.ts';
import { openAuditFile } from '../store/audit-file.ts';
import { nothingKept, type VerifyPorts, verifyLog } from './verify-log.ts';

/** Throws a StoreFault on a database that is damaged or whose log is bad: nothing is made of such a one. */
export async function checkWhole(
  path: string,
  ports: VerifyPorts,
  made: 'backup' | 'archive',
): Promise<void> {
  const file = await openAuditFile(path);
  try {
    const damage = await file.damage();
    if (damage.length > 0)
      throw new StoreFault(
        `No ${made} was made: the database is damaged: ${damage.slice(0, 3).join('; ')}. Check the disk.`,
      );
    const lines: string[] = [];
    const print = async (line: string) => void lines.push(line);
    if (!(await verifyLog(file, nothingKept, { ...ports, print })))
      throw new StoreFault(
        `No ${made} was made, for the log is bad. ${lines[0]} Run verify on the database, and keep that file: it is the evidence.`,
      );
  } finally {
    await file.close();
  }
}
