import { isIdle, reasonsForApproval } from '../../../domain/approval/needs-approval.ts';
import { type Act, marksGone } from '../../../domain/approval.ts';
import { insistsOf, reasonsOfBrake } from '../../../domain/beside.ts';
import type { DrainCommand, MarkGoneCommand } from '../../../domain/command.ts';
import { frameworksIn } from '../../../domain/open-work.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import { changeKindOfAct } from '../../../domain/policy/change-kind.ts';
import { ok, type Result, refuse } from '../../../domain/refusal.ts';
import type { Target } from '../../../domain/targets.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import { refuseBeside } from '../../agents/beside-others.ts';
import { findAgent } from '../../agents/find-agent.ts';
import type { FileDeps } from '../../agents/queue-preview-file.ts';
import { withLink } from '../../answers/with-link.ts';
import { auditOfCommand } from '../../commands/record.ts';
import { Overtaken } from '../../overtaken.ts';
import type { InboxCommand, People } from '../../ports.ts';
import { requesterOf } from '../read-votes.ts';
import { mayAnybodyApprove } from './entitled.ts';
import { openApproval } from './open-approval.ts';
import { overtakenBy, type PrepareDeps, prepareAct, toBeShown, wantedBy } from './prepare-act.ts';

export interface AskDeps extends PrepareDeps, FileDeps {
  people: People;
}

/** Puts a command that one person may not have done alone before a second one: looks, judges, and posts the prompt. */
export async function askApproval(
  deps: AskDeps,
  command: DrainCommand | MarkGoneCommand,
  target: Target,
  act: Act,
  typed: InboxCommand,
  asker: PersonFacts,
  hour?: Hour,
): Promise<Result<'settled'>> {
  const { store, master, clock, people, policy, newId, previewFile } = deps;
  const requester = requesterOf(asker);
  if (requester === null) return refuse({ code: 'not-a-member-of-workspace', why: 'no-team' });
  const { reason } = command;
  const why = (idle: boolean) =>
    reasonsForApproval(
      policy.current(),
      {
        kind: changeKindOfAct(act),
        agents: 1,
        maxGrace: act.kind === 'mark-gone' ? null : act.maxGrace,
        idle,
        overrideFreeze: command.overrideFreeze,
      },
      hour?.at ?? clock.now(),
    );
  const always = why(false);
  if (reason === null && always.length > 0) return refuse({ code: 'reason-needed', because: always });
  const risk = marksGone(act) ? 'irreversible' : 'reversible';
  const found = await findAgent({ store, master, now: clock.now() }, target, risk);
  if (!found.ok) return found;
  const prepared = await prepareAct(deps, found.value, act, null);
  if (!prepared.ok) return refuse(await withLink(store, master.cluster, prepared.refusal));
  const knowing = insistsOf(command);
  // How much is out of service then, its hour will show.
  const insists = hour === undefined ? knowing : { ...knowing, brake: 'any' as const };
  const wanted = wantedBy(requester.userId, prepared.value, insists);
  const others = await prepared.value.beside.judge(wanted);
  if (others.refusal !== null) return refuse(await withLink(store, master.cluster, others.refusal));
  const braked = knowing.brake === 'no' ? [] : reasonsOfBrake(others.brake);
  if (reason === null) return refuse({ code: 'reason-needed', because: braked });
  const nobody = await mayAnybodyApprove(people, policy.current(), requester.key);
  if (nobody !== null) return refuse(nobody);
  const shown = await toBeShown(deps, prepared.value, null);
  const because = [...why(isIdle(shown.looked.preview)), ...braked];
  try {
    await store.transact(async (tx) => {
      const at = clock.now();
      const overtaken = await overtakenBy(tx, deps, shown, null);
      if (overtaken !== null) throw new Overtaken(overtaken);
      const { collisions } = await refuseBeside(tx, prepared.value.beside, wanted);
      const frameworks = frameworksIn(prepared.value.looked.preview);
      await tx.settleCommand(typed.id, 'done');
      const { actor } = auditOfCommand(typed, command);
      const asking = {
        cluster: master.cluster,
        requester,
        channel: typed.channel,
        correlation: typed.correlation,
        typed: typed.text,
        parsed: command,
        reason,
        because,
        follows: null,
        ...(hour === undefined ? {} : { hour }),
        actor,
        beside: {
          anyway: command.anyway === true,
          accepted: collisions.map(({ correlation }) => correlation),
          since: at,
          ...(frameworks === null ? {} : { frameworks }),
        },
      };
      await openApproval(tx, shown, asking, policy.current().approvals, { at, newId, previewFile });
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(await withLink(store, master.cluster, fault.refusal));
    throw fault;
  }
  return ok('settled');
}
