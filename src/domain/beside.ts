import type { Attributes } from './agent.ts';
import type { OtherWork } from './approval/may-ask.ts';
import { type BrakeReading, brakeOn, type ClusterLook, inService, withOut } from './brake.ts';
import { type AboutAgent, type Collision, collisionsOf, mayInsist } from './collisions.ts';
import type { KnowingOf } from './command.ts';
import type { AgentId, CorrelationId, Instant, UserId } from './ids.ts';
import { type FrameworkRef, worksOf } from './open-work.ts';
import type { Plan } from './plan.ts';
import type { Policy } from './policy.ts';
import type { ApprovalReason, Refusal } from './refusal.ts';

/** What somebody wants done that takes agents out of service, as it is held against the rest of the cluster. */
export interface Wanted {
  by: UserId;
  agents: readonly AboutAgent[];
  insists: Insists;
  /** All of them are taken out first, as a rolling plan does; absent: one after another. */
  whole?: true;
}

/** What whoever asks has said that they know of. */
export interface Insists {
  /** Work of others, whatever it is: `--anyway`. */
  anyway: boolean;
  /** Work of others that they were shown before, and went on beside. */
  accepted: readonly CorrelationId[];
  /** What others began from then on, they began beside this. Null: it does not stand yet. */
  since: Instant | null;
  /** *any*: `--override-brake`. A number: that a second person agreed to, with so many out. */
  brake: 'no' | 'any' | number;
}

/** What a plan, or a question about an agent, keeps of this. */
export interface Beside {
  anyway: boolean;
  accepted: CorrelationId[];
  since: Instant | null;
  /** Those that have tasks on what it is about; absent: not known, or its lines tell. */
  frameworks?: FrameworkRef[];
}

export interface BesideVerdict {
  refusal: Refusal | null;
  /** What it goes on beside. */
  collisions: Collision[];
  /** It is on, and is overridden. */
  brake: BrakeReading | null;
}

/** Holds what is wanted against the work of others and against how much of the cluster is out of service. `look` null: nothing
 * that is in service is taken out. */
export function judgeBeside(
  { by, agents, insists, whole }: Wanted,
  records: OtherWork,
  look: ClusterLook | null,
  { limits, collisions: rules }: Pick<Policy, 'limits' | 'collisions'>,
  attributesOf: Parameters<typeof collisionsOf>[4],
): BesideVerdict {
  const ids = agents.map(({ agentId }) => agentId);
  const brake = look === null ? null : brakeBy(look, records, ids, limits.brakePercent, whole === true);
  const all = collisionsOf(agents, by, worksOf(records), rules, attributesOf);
  const collisions = all.filter(
    ({ correlation, since }) =>
      !insists.accepted.includes(correlation) && (insists.since === null || since < insists.since),
  );
  const canInsist = collisions.every((each) => mayInsist(each, rules));
  const braked = brake !== null && !isOverridden(brake, insists.brake);
  const collides = collisions.length > 0 && !(insists.anyway && canInsist);
  return {
    refusal: braked
      ? { code: 'against-policy', objections: [{ about: 'brake', ...brake, canOverride: true }] }
      : collides
        ? { code: 'collides', with: collisions, canInsist }
        : null,
    collisions: all,
    brake,
  };
}

/** Before the last of these, with all the others out; or with all of them out. */
function brakeBy(
  look: ClusterLook,
  own: OtherWork,
  agents: readonly AgentId[],
  percent: number,
  whole: boolean,
) {
  const { drains, drained, markings, plans } = own;
  const service = inService(look, { drains: [...drains, ...drained], markings, plans });
  const brake = brakeOn(withOut(service, agents), percent, whole ? null : (agents.at(-1) ?? null));
  return brake === null || (agents.length < 2 && !whole) ? brake : { ...brake, ofList: true as const };
}

/** Whether whoever asks, and a second person, agreed to so many out. A few more than were shown are no matter (product.md 4 has the same of what is lost). */
export function isOverridden({ out }: BrakeReading, brake: Insists['brake']): boolean {
  return brake === 'any' || (brake !== 'no' && out <= brake + Math.max(1, brake / 10));
}

/** What a command says of this. */
export function insistsOf({ anyway, overrideBrake }: KnowingOf): Insists {
  return {
    anyway: anyway === true,
    accepted: [],
    since: null,
    brake: overrideBrake === true ? 'any' : 'no',
  };
}

/** The same of what stands: `since` when. */
export function insistsStanding(
  beside: Beside | undefined,
  since: Instant | null,
  because: readonly ApprovalReason[],
): Insists {
  return {
    anyway: false,
    accepted: beside?.accepted ?? [],
    since: beside?.since ?? since,
    brake: because.flatMap((reason) => (reason.why === 'brake' ? [reason.out] : []))[0] ?? 'no',
  };
}

/** Why a second person is asked, where the brake is overridden. */
export function reasonsOfBrake(brake: BrakeReading | null): ApprovalReason[] {
  return brake === null ? [] : [{ why: 'brake', ...brake }];
}

/** The agents of a plan whose turn is still to come, as they were shown. */
export function agentsIn(plan: Plan, attributesOf: (agent: AgentId) => Attributes): AboutAgent[] {
  const lines =
    plan.of === 'machines'
      ? plan.lines.flatMap(({ agents }) =>
          agents.map(({ agentId }) => ({ agentId, frameworks: plan.beside?.frameworks })),
        )
      : plan.lines
          .filter(({ state }) => state.is === 'todo')
          .map(({ agentId, shown: { frameworks } }) => ({ agentId, frameworks }));
  return lines.map(({ agentId, frameworks }) => ({
    agentId,
    attributes: attributesOf(agentId),
    frameworks: frameworks ?? null,
  }));
}

/** The plan as others see it from then on: what they begin later, they begin beside it. */
export function seenFrom<P extends Pick<Plan, 'beside'>>(plan: P, at: Instant): P {
  const { beside } = plan;
  return beside === undefined ? plan : { ...plan, beside: { ...beside, since: beside.since ?? at } };
}
