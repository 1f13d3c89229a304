import { insistsOf, reasonsOfBrake } from '../../../domain/beside.ts';
import type { Collision } from '../../../domain/collisions.ts';
import type { DrainCommand, RollingMeant } from '../../../domain/command.ts';
import { type Instant, seconds } from '../../../domain/ids.ts';
import type { Notice } from '../../../domain/notice.ts';
import { frameworksIn } from '../../../domain/open-work.ts';
import type { PersonFacts } from '../../../domain/person.ts';
import type { ChangedLine } from '../../../domain/plan/as-shown.ts';
import { ok, type Result, refuse } from '../../../domain/refusal.ts';
import { wavesMeant, wavesOverLimits } from '../../../domain/rolling/limits.ts';
import type { RollingProposal } from '../../../domain/rolling/proposal.ts';
import type { RollingLine, RollingPlan, RollingWork } from '../../../domain/rolling.ts';
import type { Hour } from '../../../domain/time/hour.ts';
import { findAgents } from '../../agents/find-agent.ts';
import { linked, withLink } from '../../answers/with-link.ts';
import { requesterOf } from '../../approvals/read-votes.ts';
import { auditOfCommand, queueAnswer } from '../../commands/record.ts';
import type { InboxCommand, NewId, Tx } from '../../ports.ts';
import { tooLong } from '../agents/propose-agents.ts';
import { besideKept } from '../beside-of-plan.ts';
import { keepProposed } from '../keep-proposed.ts';
import { newPlan } from '../new-plan.ts';
import { besideWaves, type DrawDeps, type DrawnUp, drawUp, lookAtRolling } from './draw-up.ts';

export type ProposeRollingDeps = DrawDeps & { newId: NewId };

/** `drain` with how it is to roll. */
export type RollingCommand = DrainCommand & { rolling: RollingMeant };

/** Shows what a drain in waves would do, and keeps the list for its asker to confirm. `hour`: when it is to begin. Answers a refusal, or that all is
 * written. */
export async function proposeRolling(
  deps: ProposeRollingDeps,
  command: RollingCommand,
  typed: InboxCommand,
  asker: PersonFacts,
  hour?: Hour,
): Promise<Result<'settled'>> {
  const { clock, store } = deps;
  const startedAt = clock.now();
  const requester = requesterOf(asker);
  if (requester === null) return refuse({ code: 'not-a-member-of-workspace', why: 'no-team' });
  const work = workOf(command, deps);
  const drawn = await drawUpTyped(deps, command, work, 'reversible', hour);
  if (!drawn.ok) return drawn;
  const { unjudged } = drawn.value;
  const beside = await besideWaves(deps, requester.userId, drawn.value, insistsOf(command), hour);
  const against = beside?.verdict.refusal ?? null;
  if (against !== null) return refuse(await withLink(store, deps.master.cluster, against));
  const because = [...drawn.value.because, ...reasonsOfBrake(beside?.verdict.brake ?? null)];
  if (command.reason === null && because.length > 0) return refuse({ code: 'reason-needed', because });
  const kept = besideKept(beside, command.anyway === true);
  const plan: Omit<RollingPlan, 'id'> = {
    ...newPlan(deps, typed, { requester, reason: command.reason, because, beside: kept }, clock.now(), hour),
    of: 'rolling',
    work,
    lines: linesOf(drawn.value),
    unjudged,
    begunAt: null,
  };
  const shown = await proposalOf(deps, plan, drawn.value, [], beside?.verdict.collisions ?? []);
  await store.transact(async (tx) => {
    await tx.settleCommand(typed.id, 'done');
    await keepAndShow(tx, deps, plan, shown, typed, auditOfCommand(typed, command), startedAt);
  });
  return ok('settled');
}

/** The same, of a command that only reads. */
export async function showRolling(deps: DrawDeps, command: RollingCommand): Promise<Result<Notice>> {
  const work = workOf(command, deps);
  const drawn = await drawUpTyped(deps, command, work, 'read');
  if (!drawn.ok) return drawn;
  const plan = { work, reason: command.reason, because: drawn.value.because };
  return ok({ kind: 'rolling-proposal', proposal: await proposalOf(deps, plan, drawn.value, [], []) });
}

/** Writes a list that waits to be confirmed, and shows it to its asker. One of which nothing can be done is only shown. */
export async function keepAndShow(
  tx: Tx,
  deps: ProposeRollingDeps,
  plan: Omit<RollingPlan, 'id'>,
  shown: RollingProposal,
  typed: InboxCommand,
  audit: ReturnType<typeof auditOfCommand>,
  startedAt: Instant,
): Promise<void> {
  const agents = [
    ...plan.lines.map(({ agentId, hostname, wave }) => ({ agentId, hostname, wave })),
    ...shown.refused.map(({ agentId, hostname, refusal }) => ({ agentId, hostname, refused: refusal.code })),
  ];
  const kept = await keepProposed(tx, plan, agents, { audit, startedAt, at: deps.clock.now() });
  await queueAnswer(tx, typed, { kind: 'rolling-proposal', proposal: { ...shown, plan: kept } }, deps);
}

/** The agents that can be done, with their waves, as a plan keeps them. */
export function linesOf({ waves }: DrawnUp): RollingLine[] {
  return waves.flatMap(({ agents }, nth) =>
    agents.map(({ agent, state, tasks, preview }): RollingLine => {
      const { agentId, hostname, address, attributes } = agent;
      const runs = preview === null ? null : frameworksIn(preview);
      return {
        agentId,
        hostname,
        address,
        attributes,
        shown: {
          state,
          tasks: tasks.known ? tasks.value.length : null,
          ...(runs === null ? {} : { frameworks: runs }),
        },
        wave: nth + 1,
        state: { is: 'todo' },
      };
    }),
  );
}

/** What it would do, as people are shown it. */
export async function proposalOf(
  { store, master, policy, clock }: DrawDeps,
  {
    work,
    reason,
    because,
    state,
  }: Pick<RollingPlan, 'work' | 'reason' | 'because'> & Partial<Pick<RollingPlan, 'state'>>,
  { waves, refused }: DrawnUp,
  changed: ChangedLine[],
  collisions: Collision[],
): Promise<RollingProposal> {
  const { limits, gate, minFreePercent } = policy.current();
  const open = await store.openDrains(master.cluster);
  return {
    plan: null,
    cluster: master.cluster,
    at: clock.now(),
    work,
    reason,
    ...(state?.status === 'proposed' && state.hour !== undefined ? { hour: state.hour } : {}),
    waves: waves.map(({ agents, ...wave }) => ({
      ...wave,
      room: wave.room && { free: wave.room.free, needed: wave.room.needed, agents: wave.room.agents },
      agents: agents.map(({ agent, state, tasks }) => ({
        agentId: agent.agentId,
        hostname: agent.hostname,
        state,
        tasks: tasks.known ? tasks.value.length : null,
      })),
    })),
    refused: refused.map(({ agent, state, refusal }) => ({
      agentId: agent.agentId,
      hostname: agent.hostname,
      state,
      refusal,
    })),
    limits: { atOnce: limits.drainsAtOnce, open: open.length },
    gate,
    minFreePercent,
    because,
    destroyed: work.afterwards.do === 'mark-gone' ? destroyedBy(waves) : null,
    changed,
    ...(collisions.length === 0 ? {} : { collisions: await linked(store, collisions) }),
  };
}

function destroyedBy(waves: DrawnUp['waves']): NonNullable<RollingProposal['destroyed']> {
  const held = waves.flatMap(({ agents }) => agents.map(({ preview }) => preview?.held));
  const known = held.flatMap((each) => (each?.known ? each.value : []));
  const volumes = known.filter(({ kind }) => kind === 'volume').length;
  return {
    volumes,
    reservations: known.length - volumes,
    notKnown: held.filter((each) => each?.known !== true).length,
  };
}

/** Finds the agents, looks at each, and lays the waves out. */
async function drawUpTyped(
  deps: DrawDeps,
  { targets, overrideFreeze }: RollingCommand,
  work: RollingWork,
  risk: 'read' | 'reversible',
  hour?: Hour,
): Promise<Result<DrawnUp>> {
  const { store, master, clock, policy } = deps;
  const over = wavesOverLimits(work, policy.current().limits);
  if (over !== null) return refuse(over);
  const found = await findAgents({ store, master, now: clock.now() }, targets, risk);
  if (!found.ok) return found;
  const long = tooLong(found.value);
  if (long !== null) return refuse(long);
  const looked = await lookAtRolling(deps, work, found.value, null, hour);
  return ok(await drawUp(deps, work, looked, overrideFreeze, hour));
}

/** What was typed, by the policy where nothing was. */
function workOf(
  { rolling, maxGrace, outFor }: RollingCommand,
  { policy }: Pick<DrawDeps, 'policy'>,
): RollingWork {
  const none = seconds(0);
  return {
    do: 'roll',
    maxGrace,
    ...wavesMeant(rolling, policy.current().limits),
    pause: rolling.pause ?? none,
    afterwards:
      rolling.afterwards === 'reactivate'
        ? { do: 'reactivate', after: outFor ?? none }
        : { do: rolling.afterwards },
  };
}
