import { showPlanId } from '../../../domain/ids.ts';
import type { LastInstances } from '../../../domain/rolling/alike.ts';
import type { ProposedWave, RollingProposal } from '../../../domain/rolling/proposal.ts';
import { amountsOf } from '../drains/held.ts';
import { besideParts, changedParts, toBegin } from '../plans/proposal.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { reasonWords } from '../refusals/refusal-of-policy.ts';
import { agentName } from '../text/agent-name.ts';
import { code, plain } from '../text/escape.ts';
import { buttons, count, enumerate, list, note, type Part, text } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';
import { objectionWords } from './objection-words.ts';
import { afterwardsWords, sizeWords } from './work-words.ts';

/** What a drain in waves would do, wave by wave, and the button that says yes. */
export function rollingProposalParts(proposal: RollingProposal): Part[] {
  const { plan, waves, refused, because, changed, cluster, at, hour } = proposal;
  const agents = waves.reduce((sum, wave) => sum + wave.agents.length, 0);
  if (agents === 0)
    return [
      ...changedParts(changed),
      text(
        `*None of ${count(refused.length, 'agent')} on ${plain(cluster)} can be drained now.* Nothing was done.`,
      ),
      list(refused.map(refusedWords)),
    ];
  return [
    ...changedParts(changed),
    text(
      `*Drain ${count(agents, 'agent')} on ${plain(cluster)} in ${count(waves.length, 'wave')}:* nothing was done yet.`,
      refused.length === 0
        ? null
        : `*${count(refused.length, 'other is', 'others are')} left out*, as ${refused.length === 1 ? 'its line tells' : 'their lines tell'}.`,
      toBegin(hour),
      ...planLines(proposal),
    ),
    list([...refused.map(refusedWords), ...warningsOf(waves)]),
    list(
      waves.map((wave, nth) => waveWords(wave, nth + 1, at)),
      (left) => `…and ${count(left, 'more wave')}. \`/mesos status\` of the plan lists every agent.`,
    ),
    ...besideParts(proposal),
    ...(because.length === 0
      ? []
      : [
          text(
            `*Needs a second person:* ${because.map(reasonWords).join('; ')}. Confirming asks for one, over this very list.`,
          ),
        ]),
    ...(plan === null
      ? []
      : [
          buttons({
            label:
              because.length > 0
                ? 'Confirm and ask'
                : `${hour === undefined ? 'Confirm' : 'Schedule'}: drain ${agents} in waves`,
            words: `confirm ${showPlanId(plan.id)}`,
            style: 'danger',
          }),
          note(
            `Plan ${showPlanId(plan.id)}, only seen by you. Until ${when(plan.expiresAt, at)} you can confirm it; everything is looked at again then, and before each wave.`,
          ),
        ]),
  ];
}

function planLines({ work, waves, at, limits, gate, minFreePercent, destroyed, reason }: RollingProposal) {
  const all = waves.flatMap(({ agents }) => agents);
  const tasks = all.reduce((sum, agent) => sum + (agent.tasks ?? 0), 0);
  const blind = all.filter((agent) => agent.tasks === null).length;
  const end = waves.at(-1)?.expectedEnd ?? null;
  return [
    `First all of them are kept away from new tasks; then waves of ${sizeWords(work)}${work.pause === 0 ? '' : `, ${spoken(work.pause)} between two of them`}. ${afterwardsWords(work)}`,
    `*Together:* ${count(tasks, 'task')}${blind === 0 ? '' : `, as far as is known: of ${count(blind, 'agent')} it is *not known*`}; ${
      end === null
        ? 'when the last has to end is *not known*'
        : `the last has to end by ${when(end, at)}, where nothing halts it`
    }.`,
    work.maxGrace === null ? null : `Max grace period: ${spoken(work.maxGrace)}.`,
    destroyed === null ? null : destroyedWords(destroyed),
    `Drains under way at once: ${limits.open} now, ${limits.atOnce} allowed.`,
    minFreePercent === 0 ? null : `On the rest, ${minFreePercent}% of CPUs and memory must stay free.`,
    gate === null ? null : 'Before each wave the gate of this cluster is asked.',
    reason === null ? null : `Reason: ${plain(reason, 200)}`,
  ];
}

function destroyedWords({
  volumes,
  reservations,
  notKnown,
}: NonNullable<RollingProposal['destroyed']>): string {
  const unknown = notKnown === 0 ? '' : `; of ${count(notKnown, 'agent')} it is *not known*`;
  return `*This can’t be undone.* Destroyed with them: ${count(volumes, 'persistent volume')}, ${count(reservations, 'reservation')}${unknown}.`;
}

/** What people should know before they confirm, by wave. */
function warningsOf(waves: readonly ProposedWave[]): string[] {
  return waves.flatMap(({ sole, objections }, nth) => [
    ...objections.map((each) =>
      each.code === 'not-known'
        ? `Wave ${nth + 1}: ${objectionWords(each)}. Confirming takes it as such.`
        : `Wave ${nth + 1}: *as it is now, it would halt before this wave:* ${objectionWords(each)}.`,
    ),
    ...(sole.length === 0
      ? []
      : [`Wave ${nth + 1} ends ${enumerate(sole.map(soleWords), 3)}: no order of agents helps.`]),
  ]);
}

function soleWords({ name, framework, frameworkName, count: instances }: LastInstances): string {
  const of = plain(frameworkName ?? framework, 60);
  if (name === null) return `${instances === 1 ? 'the only task' : `all ${instances} tasks`} of ${of}`;
  return `${instances === 1 ? 'the only running instance' : `all ${instances} instances`} of ${code(name, 60)} (${of})`;
}

function waveWords(
  { agents, expectedEnd, room, objections }: ProposedWave,
  nth: number,
  at: RollingProposal['at'],
): string {
  const tasks = agents.reduce((sum, agent) => sum + (agent.tasks ?? 0), 0);
  const known = agents.every((agent) => agent.tasks !== null);
  const verdict =
    objections.length > 0
      ? '*see above*'
      : room === null
        ? 'nothing runs there'
        : `room on ${count(room.agents, 'other agent')}, by amounts: ${amountsOf(room.needed)} needed by then, ${amountsOf(room.free)} free`;
  return `*Wave ${nth}:* ${enumerate(agents.map(agentName), 10)}; ${known ? count(tasks, 'task') : 'tasks *not known*'}${
    expectedEnd === null ? '' : `; over by ${when(expectedEnd, at)}`
  }; ${verdict}`;
}

function refusedWords({ refusal, state, ...agent }: RollingProposal['refused'][number]): string {
  const name = agentName(agent);
  return `${name}: *left out:* ${refusalInShort(refusal, name)} (${plain(state, 30)})`;
}
