import type { MasterDrain } from '../../../domain/agent.ts';
import type { Preview } from '../../../domain/preview.ts';
import { fullId } from '../text/agent-name.ts';
import { clause, plain } from '../text/escape.ts';
import { count, enumerate, list, type Part } from '../text/part.ts';
import { spoken, when } from '../text/time.ts';
import { beyondWarnings, openDrainLink } from './preview-beyond.ts';
import { graceLost } from './preview-gone.ts';
import { unlistedWords } from './preview-groups.ts';
import { shown } from './preview-limits.ts';
import { oldMasterWarnings } from './preview-old-master.ts';
import { scheduleWarning } from './preview-schedule.ts';

/** Everything that would stop, hang or refuse this drain. */
export function warningParts(preview: Preview): Part[] {
  const warnings = [
    ...subjectWarnings(preview),
    // Of one that is away, its state says it.
    preview.agentNotAsked === null || preview.subject.kind === 'away'
      ? null
      : `The agent itself could not be asked about its work: ${clause(preview.agentNotAsked, 200)}.`,
    preview.openDrain === null
      ? null
      : `Drain ${openDrainLink(preview.openDrain, preview)} is open on this agent already.`,
    scheduleWarning(preview),
    !preview.pendingOperations.known
      ? `Whether operations are pending on it is not known: ${clause(preview.pendingOperations.why, 200)}.`
      : preview.pendingOperations.value === 0
        ? null
        : `${count(preview.pendingOperations.value, 'operation')} pending: the drain waits for them.`,
    preview.groups.known ? null : `What runs on it is not known: ${clause(preview.groups.why, 200)}.`,
    unlistedWords(preview),
    preview.maxGrace !== null && preview.maxGrace < 5
      ? `A max grace period of ${preview.maxGrace} s leaves tasks ${preview.maxGrace === 0 ? 'no' : 'almost no'} time to stop cleanly.`
      : null,
    ...oldMasterWarnings(preview),
    ...graceLost(preview),
    ...disconnected(preview),
    ...unlisted(preview),
    ...beyondWarnings(preview),
    preview.alsoKnownAs.length === 0
      ? null
      : `Not chosen, though of the same hostname: ${enumerate(
          preview.alsoKnownAs.map((each) => `${fullId(each.agentId)} (${plain(each.state, 40)})`),
          shown.ids,
        )}.`,
  ].filter((each) => each !== null);
  return warnings.length === 0 ? [] : [list(warnings.map((each) => `*Mind:* ${each}`))];
}

function subjectWarnings({ subject, at }: Preview): (string | null)[] {
  if (subject.kind === 'away') {
    const since = subject.since === null ? '' : ` since ${when(subject.since, at)}`;
    switch (subject.state) {
      case 'unreachable':
        return [
          `The agent is unreachable${since}: nothing on it can be stopped until it returns, and then the drain begins.`,
        ];
      case 'recovered':
        return [
          `The agent has not registered since the master changed${since}: the drain begins when it does.`,
        ];
      case 'gone':
        return [`The agent was marked gone${since}: there is nothing to drain.`];
      case 'absent':
        return ['The master lists no such agent: there is nothing to drain.'];
      case 'unexplained':
        return [
          "The master does not list the agent, and could not be asked why. That is no proof that it's gone.",
        ];
    }
  }
  const { agent } = subject;
  return [
    agent.drain === null ? null : alreadyWords(agent.drain),
    agent.drain === null && agent.deactivated
      ? 'The agent is deactivated already: it gets no new tasks.'
      : null,
    agent.drain === null && !agent.deactivated && !agent.active
      ? 'The agent is disconnected from the master at the moment.'
      : null,
    agent.canDrain ? null : `The agent can't drain: Mesos ${plain(agent.version, 40)} is too old for it.`,
  ];
}

function alreadyWords(drain: MasterDrain): string {
  const grace =
    drain.maxGraceNs === null ? 'no max grace period' : `max grace ${spoken(drain.maxGraceNs / 1e9)}`;
  return `The master shows it ${drain.state} already (${grace}${drain.markGone ? ', to be marked gone' : ''}).`;
}

function disconnected({ groups }: Preview): string[] {
  if (!groups.known) return [];
  return groups.value.flatMap(({ framework }) =>
    framework.name !== null && !framework.connected
      ? [
          `Framework ${plain(framework.name)} is disconnected now: it acknowledges nothing, so the drain hangs until it is back${failover(framework)}.`,
        ]
      : [],
  );
}

/** After its failover timeout the master gives a framework up, with all its tasks. */
function failover({ failoverTimeoutSeconds }: { failoverTimeoutSeconds: number | null }): string {
  return failoverTimeoutSeconds === null
    ? ', or the master gives it up: when, is not told'
    : `, or until its failover timeout of ${spoken(failoverTimeoutSeconds)} has passed and the master gives it up`;
}

/** Nobody knows whether those are connected. Ones that the bot may not see, the master leaves out without a word. */
function unlisted({ groups }: Preview): string[] {
  if (!groups.known) return [];
  const byCause = new Map<string, string[]>();
  for (const { framework } of groups.value)
    if (framework.name === null)
      byCause.set(framework.why, [...(byCause.get(framework.why) ?? []), fullId(framework.id)]);
  return [...byCause].map(
    ([why, ids]) =>
      `Whether ${enumerate(ids, shown.ids)} ${ids.length === 1 ? 'is' : 'are'} connected is not known: ${clause(why, 200)}.`,
  );
}
