import { parseCommand } from '../../commands/parse.ts';
import type { Asked, Command } from '../../domain/command.ts';
import type { Notice } from '../../domain/notice.ts';
import { ok, type Result } from '../../domain/refusal.ts';
import { authorise } from '../authorise.ts';
import type { Cluster } from '../cluster.ts';
import { chooseCluster, clusterMeant } from '../commands/choose-cluster.ts';
import { ChatFault, MasterFault, StoreFault } from '../faults.ts';
import type { Clock, Log, Store, TypedCommand } from '../ports.ts';
import { answerRead, type ReadDeps } from './answer-read.ts';
import { whoAmI } from './who-am-i.ts';

/** Slack's 3 s, less what the failed commit took. */
const answerWithinMs = 800;

interface UnloggedDeps extends Omit<ReadDeps, 'master' | 'policy'> {
  clusters: readonly Omit<Cluster, 'submitCall' | 'oneWriter'>[];
  clock: Clock;
  log: Log;
}

/** While the audit store takes nothing, `help`, `status`, `agents` and `whoami` still answer, marked as not
 * logged (promise 10). Null: this command may not, or could not be answered in time. */
export async function answerUnlogged(deps: UnloggedDeps, typed: TypedCommand): Promise<Notice | null> {
  const parsed = parseCommand(typed.text, { now: deps.clock.now() });
  const asked = parsed.ok ? unlogged(parsed.value) : null;
  if (asked === null) return null;
  let cancel = () => {};
  const deadline = new Promise<null>((resolve) => {
    cancel = deps.clock.after(answerWithinMs, () => resolve(null));
  });
  const answer = await Promise.race([answerFrom(deps, asked), deadline]);
  cancel();
  return answer?.ok ? { kind: 'not-logged', answer: answer.value } : null;

  async function answerFrom(from: UnloggedDeps, asked: Unlogged): Promise<Result<Notice> | null> {
    try {
      return await answerTo({ ...from, typed }, asked);
    } catch (fault) {
      // What the directory can't tell, a fresh sweep can; our own records nobody else has.
      if (fault instanceof StoreFault && asked.command.verb === 'agents' && from.store === deps.store)
        return answerFrom({ ...from, store: noRecords(deps.store) }, asked);
      if (fault instanceof StoreFault || fault instanceof MasterFault || fault instanceof ChatFault)
        return null;
      deps.log.error({ err: fault }, 'an unlogged answer failed');
      return null;
    }
  }
}

async function answerTo(
  { typed, ...deps }: UnloggedDeps & { typed: TypedCommand },
  { command, cluster: named }: Unlogged,
): Promise<Result<Notice>> {
  const { clusters, people, store, clock } = deps;
  switch (command.verb) {
    case 'help':
      return ok({ kind: 'help', topic: command.topic, clusters: clusters.map(({ name }) => name) });
    case 'whoami': {
      const meant = clusterMeant(clusters, named);
      if (!meant.ok) return meant;
      return ok(await whoAmI(people, meant.value === null ? clusters : [meant.value], typed, clock.now()));
    }
    case 'agents':
    case 'status': {
      const chosen = await chooseCluster(store, clusters, { command, cluster: named }, typed);
      if (!chosen.ok) return chosen;
      const allowed = await authorise(people, chosen.value.policy.current(), typed, 'read');
      if (!allowed.ok) return allowed;
      return answerRead({ ...deps, ...chosen.value }, command, clock.now());
    }
  }
}

type Unlogged = Asked & { command: Extract<Command, { verb: 'help' | 'whoami' | 'agents' | 'status' }> };

function unlogged({ command, cluster }: Asked): Unlogged | null {
  const { verb } = command;
  return verb === 'help' || verb === 'whoami' || verb === 'agents' || verb === 'status'
    ? { command, cluster }
    : null;
}

/** What `agents` asks of our own work, with nothing in it. */
function noRecords(store: Store): Store {
  const none = async () => [];
  return {
    ...store,
    ...{ directory: none, openDrains: none, outOfService: none, pendingApprovals: none },
    ...{ openMarkGones: none, openReactivations: none, unendedPlans: none, auditBefore: none },
  };
}
