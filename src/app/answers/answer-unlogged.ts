import { parseCommand } from '../../commands/parse.ts';
import type { Command } from '../../domain/command.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Result } from '../../domain/refusal.ts';
import { authorise } from '../authorise.ts';
import { ChatFault, MasterFault, StoreFault } from '../faults.ts';
import type { Clock, Log, Store, TypedCommand } from '../ports.ts';
import { answerRead, type ReadDeps } from './answer-read.ts';

/** Slack's 3 s, less what the failed commit took. */
const answerWithinMs = 800;

/** While the audit store takes nothing, `help`, `status`, `agents` and `whoami` still answer, marked as not
 * logged (promise 10). Null: this command may not, or could not be answered in time. */
export async function answerUnlogged(
  deps: ReadDeps & { clock: Clock; log: Log },
  typed: TypedCommand,
): Promise<Notice | null> {
  const parsed = parseCommand(typed.text, { now: deps.clock.now() });
  const command = parsed.ok ? unlogged(parsed.value) : null;
  if (command === null) return null;
  let cancel = () => {};
  const deadline = new Promise<null>((resolve) => {
    cancel = deps.clock.after(answerWithinMs, () => resolve(null));
  });
  const answer = await Promise.race([answerFrom(deps, command), deadline]);
  cancel();
  return answer?.ok ? { kind: 'not-logged', answer: answer.value } : null;

  async function answerFrom(from: ReadDeps, command: Unlogged): Promise<Result<Notice> | null> {
    try {
      if (command.verb === 'agents' || command.verb === 'status') {
        const allowed = await authorise(from.people, from.policy.current(), typed, 'read');
        if (!allowed.ok) return allowed;
      }
      return await answerRead(from, command, typed, deps.clock.now());
    } catch (fault) {
      // What the directory can't tell, a fresh sweep can; our own records nobody else has.
      if (fault instanceof StoreFault && command.verb === 'agents' && from.store === deps.store)
        return answerFrom({ ...from, store: noRecords(deps.store) }, command);
      if (fault instanceof StoreFault || fault instanceof MasterFault || fault instanceof ChatFault)
        return null;
      deps.log.error({ err: fault }, 'an unlogged answer failed');
      return null;
    }
  }
}

type Unlogged = Extract<Command, { verb: 'help' | 'whoami' | 'agents' | 'status' }>;

function unlogged(command: Command): Unlogged | null {
  const { verb } = command;
  return verb === 'help' || verb === 'whoami' || verb === 'agents' || verb === 'status' ? command : null;
}

function noRecords(store: Store): Store {
  return { ...store, directory: async () => [], openDrains: async () => [] };
}
