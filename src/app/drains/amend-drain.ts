import type { CallOutcome } from '../../domain/call.ts';
import type { Command } from '../../domain/command.ts';
import { type Change, changed } from '../../domain/drain/amendment.ts';
import { isOurs } from '../../domain/drain/look.ts';
import { ofPresence } from '../../domain/drain/may-drain.ts';
import type { Drain, DrainEvent } from '../../domain/drain.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Notice } from '../../domain/notice.ts';
import { ok, type Refusal, type Result, refuse } from '../../domain/refusal.ts';
import { queueAnswer } from '../commands/record.ts';
import { outcomeEvent } from '../outcome-event.ts';
import { Overtaken } from '../overtaken.ts';
import type { Clock, InboxCommand, Master } from '../ports.ts';
import { Unsettled } from '../submit-call.ts';
import { applyEvents, auditOfCommandTo } from './apply-events.ts';
import type { SendDeps } from './send-drain.ts';

export type AmendDeps = SendDeps & { master: Master; clock: Clock };

/** Changes a drain that is under way, while the agent is still there: the whole config goes to the master once more, for
 * what is left out would be cleared. That it took effect, only the master's own word proves. `answer`: what the asker is
 * told when the call leaves. */
export async function amendDrain(
  deps: AmendDeps,
  drain: Drain,
  change: Change,
  {
    command,
    typed,
    answer,
  }: { command: Command; typed: InboxCommand; answer(permalink: string | null): Notice },
): Promise<Result<'settled'>> {
  const objection = await objectionTo(deps, drain);
  if (objection !== null) return refuse(objection);
  const { newId } = deps;
  const by = { userId: typed.user, teamId: typed.team, name: typed.userName };
  let now = drain;
  try {
    await deps.submitCall({
      call: { type: 'DRAIN_AGENT', agentId: drain.agentId, ...changed(drain, change) },
      audit: async (tx) => ({
        ...(await auditOfCommandTo(tx, drain, typed, command)),
        decision: 'allowed',
      }),
      record: async (tx, at) => {
        now = await applyEvents(tx, drain, [{ type: 'amend-intended', at, by, change }], newId);
        await tx.settleCommand(typed.id, 'done');
        await queueAnswer(tx, typed, answer(await tx.permalinkOf(drain.thread)), deps);
      },
      settle: async (tx, outcome, at) => {
        // The looks go on meanwhile: what they saw counts, and is not written over.
        const latest = (await tx.drain(drain.id)) ?? now;
        if (isWaiting(latest)) await applyEvents(tx, latest, [eventOf(outcome, at)], newId);
      },
    });
  } catch (fault) {
    if (fault instanceof Overtaken) return refuse(fault.refusal);
    if (!(fault instanceof Unsettled)) throw fault;
    deps.log.error(
      { err: fault, drainId: drain.id },
      'the outcome of a call could not be written; looking instead',
    );
  }
  return ok('settled');
}

function isWaiting({ state }: Drain): boolean {
  return state.status === 'draining' && state.amendment?.status === 'calling';
}

async function objectionTo({ master }: AmendDeps, drain: Drain): Promise<Refusal | null> {
  const { state } = drain;
  if (state.status === 'calling' || state.status === 'checking')
    return { code: 'call-under-way', drain: drain.id };
  if (state.status !== 'draining') return { code: 'cannot-cancel-drain', drain: drain.id };
  if (state.nudges.calling) return { code: 'call-under-way', drain: drain.id };
  if (state.amendment !== null)
    return {
      code: state.amendment.change.kind === 'take-back' ? 'recall-open' : 'hasten-open',
      drain: drain.id,
    };
  const seen = await master.lookAt(drain.agentId);
  const shown =
    seen.kind === 'registered' ? seen.agent.drain : seen.kind === 'unreachable' ? seen.drain : null;
  if (shown !== null && isOurs(shown, drain)) return null;
  const agent = { agentId: drain.agentId, hostname: drain.hostname, state: seen.kind };
  // What its thread is about to tell: the order is not there any more, or nobody can say.
  return (
    ofPresence(agent, seen)[0] ?? {
      code: 'agent-not-drainable',
      agent,
      why: 'unreadable',
      detail: 'no drain of it shows',
    }
  );
}

function eventOf(outcome: CallOutcome, at: Instant): DrainEvent {
  const event = outcomeEvent(outcome, at);
  switch (event.type) {
    case 'call-accepted':
      return { type: 'amend-accepted', at };
    case 'call-rejected':
      return { ...event, type: 'amend-rejected' };
    case 'call-unknown':
      return { ...event, type: 'amend-unknown' };
  }
}
