import { type Asked, type Command, riskOf, showWork, type Work } from '../../domain/command.ts';
import type { ClusterName } from '../../domain/ids.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import { planNamedIn } from '../../domain/targets.ts';
import { clusterNamed, noSuchCluster, whichCluster } from '../../domain/which-cluster.ts';
import { noSuchApproval, noSuchDrain } from '../answers/status.ts';
import type { Cluster } from '../cluster.ts';
import { findPlan } from '../plans/find-plan.ts';
import type { Store, TypedCommand } from '../ports.ts';

/** Commands about the bot as a whole. They name a cluster at most to hear of that one alone. */
export type BotCommand = Extract<Command, { verb: 'help' | 'whoami' | 'audit' }>;
type Choosable = Pick<Cluster, 'name' | 'defaultIn' | 'policy'>;

/** Commands for one cluster. */
export type ClusterCommand = Exclude<Command, BotCommand>;

/** Whether a command needs no cluster. */
export function isAboutBot(command: Command): command is BotCommand {
  return command.verb === 'help' || command.verb === 'whoami' || command.verb === 'audit';
}

/** The cluster that a command about the bot names; null: it names none, and speaks of all. */
export function clusterMeant<C extends Choosable>(
  clusters: readonly C[],
  named: string | null,
): Result<C | null> {
  if (named === null) return ok(null);
  const one = clusterNamed(clusters, named);
  return one === null ? refuse(noSuchCluster(clusters, named)) : ok(one);
}

/** The cluster that a command is for; refuses where that is not clear. */
export async function chooseCluster<C extends Choosable>(
  store: Store,
  clusters: readonly C[],
  { command, cluster: named }: { command: ClusterCommand; cluster: Asked['cluster'] },
  { channel, via }: Pick<TypedCommand, 'channel' | 'via'>,
): Promise<Result<C>> {
  const work = await workNamed(store, command);
  if (!work.ok) return work;
  const asked = { named, work: work.value, channel, via, changes: riskOf(command) !== 'read' };
  const choices = clusters.map(({ name, defaultIn, policy }) => {
    const { nameMustBeTyped } = policy.current();
    return { name, defaultIn, nameMustBeTyped };
  });
  const chosen = whichCluster(choices, asked);
  if (!chosen.ok) return chosen;
  const found = clusters.find(({ name }) => name === chosen.value);
  if (found === undefined) throw new TypeError('a cluster was chosen that there is not');
  return ok(found);
}

/** The work of ours that a command names by its short id; null: it names none. Refuses one that there is not. */
async function workNamed(
  store: Store,
  command: ClusterCommand,
): Promise<Result<{ id: string; cluster: ClusterName } | null>> {
  const work = workOf(command);
  if (work === null) return ok(null);
  const found = await findWork(store, work);
  // An agent may be called `p3`.
  if (!found.ok && command.verb === 'reactivate') return ok(null);
  return found.ok ? ok({ id: showWork(work), cluster: found.value.cluster }) : found;
}

async function findWork(store: Store, work: Work): Promise<Result<{ cluster: ClusterName }>> {
  if ('plan' in work) return findPlan(store, work.plan);
  if ('approval' in work) {
    const approval = await store.approval(work.approval);
    return approval === null ? noSuchApproval(store, work.approval) : ok(approval);
  }
  const stored = await store.drain(work.drain);
  return stored === null ? noSuchDrain(store, work.drain) : ok(stored.drain);
}

function workOf(command: ClusterCommand): Work | null {
  switch (command.verb) {
    case 'cancel':
      return command.work;
    case 'confirm':
    case 'pause':
    case 'resume':
      return { plan: command.plan };
    case 'hasten':
    case 'close':
      return { drain: command.drain };
    case 'status':
      return command.about === null || 'target' in command.about ? null : command.about;
    case 'reactivate': {
      const plan = planNamedIn(command.targets);
      return plan === null ? null : { plan };
    }
    case 'agents':
    case 'preview':
    case 'drain':
    case 'deactivate':
    case 'mark-gone':
    case 'maintenance status':
    case 'maintenance schedule':
    case 'maintenance clear':
    case 'maintenance start':
    case 'maintenance stop':
      return null;
  }
}
