import type { ReactivateCommand } from '../../domain/command.ts';
import { aboutOf } from '../../domain/reactivation/news.ts';
import { ok, type Result, refuse } from '../../domain/refusal.ts';
import type { Target } from '../../domain/targets.ts';
import { findAgent } from '../agents/find-agent.ts';
import { changeOf, refuseIfForbiddenByNow } from '../commands/judge-by-policy.ts';
import { auditOfCommand, queueAnswer } from '../commands/record.ts';
import { refuseIfHeld } from '../plans/held-by-plan.ts';
import type { InboxCommand, PolicyInForce } from '../ports.ts';
import {
  lookForReturn,
  objectionToReturn,
  type ReactivationDeps,
  sendReactivation,
} from './send-reactivation.ts';

/** `reactivate`: looks, judges, and goes through the door. Answers a refusal, or that its thread tells the rest. */
export async function openReactivation(
  deps: ReactivationDeps & { policy: PolicyInForce },
  command: ReactivateCommand,
  target: Target,
  typed: InboxCommand,
): Promise<Result<'settled'>> {
  const { store, master, clock } = deps;
  const found = await findAgent({ store, master, now: clock.now() }, target, 'reversible');
  if (!found.ok) return found;
  const { chosen, others } = found.value;
  const looked = await lookForReturn(master, chosen);
  const objection = await objectionToReturn(deps, chosen, looked);
  if (objection !== null) return refuse(objection);
  const sent = await sendReactivation(deps, {
    agent: chosen,
    others,
    looked,
    requester: { userId: typed.user, teamId: typed.team, name: typed.userName },
    channel: typed.channel,
    plan: null,
    correlation: typed.correlation,
    reason: command.reason,
    audit: auditOfCommand(typed, command),
    record: async (tx, reactivation, told) => {
      refuseIfForbiddenByNow(deps, command, changeOf(command));
      await refuseIfHeld(tx, chosen, master.cluster, null);
      await tx.settleCommand(typed.id, 'done');
      if (told === null) return;
      // It goes on in a thread that may lie far back, or in another channel: the typist is told where.
      const news = { news: 'begun' as const, permalink: told.permalink };
      await queueAnswer(tx, typed, { kind: 'reactivation', about: aboutOf(reactivation), news }, deps);
    },
  });
  return sent.ok ? ok('settled') : sent;
}
