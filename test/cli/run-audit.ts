import { auditCommand } from '../../src/cli/audit-command.ts';
import { noProgress } from '../../src/cli/progress.ts';
import * as ids from '../../src/domain/ids.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { noon } from '../store/noon.ts';

let given = 0;

/** `npm run audit -- …`, by olga, a minute after noon. */
export async function runAudit(...args: string[]): Promise<{ status: number; out: string[]; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await auditCommand(args, {
    defaultFile: '/nowhere/default.db',
    progress: noProgress,
    clock: { now: () => ids.after(noon, 60_000), after: () => () => undefined },
    newId: () => `id-${++given}`,
    sha256,
    by: { kind: 'os-user', name: 'olga', host: 'bot-1' },
    print: async (line) => void out.push(line),
    complain: (line) => err.push(line),
  });
  return { status, out, err: err.join('\n') };
}
