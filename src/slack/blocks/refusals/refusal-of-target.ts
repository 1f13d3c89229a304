import { showDrainId } from '../../../domain/ids.ts';
import type { AgentLabel, Refusal, UnclearName } from '../../../domain/refusal.ts';
import { clearLine } from '../drains/preview-schedule.ts';
import { agentName, fullId, targetOf } from '../text/agent-name.ts';
import { clause, code, link, plain, preformatted } from '../text/escape.ts';
import { count, enumerate, list } from '../text/part.ts';
import { spoken } from '../text/time.ts';
import { inArchive } from './in-archive.ts';
import { outOfReach } from './out-of-reach.ts';
import type { RefusalWords } from './refusal.ts';

type OfTarget = Extract<
  Refusal,
  {
    code:
      | 'no-such-agent'
      | 'ambiguous-agent'
      | 'targets-unclear'
      | 'nothing-selected'
      | 'agent-not-drainable'
      | 'already-open'
      | 'already-draining'
      | 'scheduled-for-maintenance'
      | 'cannot-drain-capability'
      | 'limit-reached'
      | 'no-such-drain'
      | 'drain-ended'
      | 'call-under-way'
      | 'cannot-cancel-drain'
      | 'master-unreadable';
  }
>;

/** The refusals that have to do with the agent, the drain or the master that was meant. */
export function refusalOfTarget(refusal: OfTarget): RefusalWords {
  switch (refusal.code) {
    case 'no-such-agent':
      return {
        what: `No agent is known by ${code(refusal.typed)}`,
        why:
          refusal.near.length === 0
            ? 'Neither the master nor the memory of the bot knows an agent of that id, hostname or address.'
            : 'These come near:',
        ...(refusal.near.length === 0 ? {} : { among: labels(refusal.near) }),
        toDo: 'Type a hostname (its first part will do), an IP, an agent ID or its last part such as `S12`. `/mesos agents` lists them.',
      };
    case 'ambiguous-agent':
      return {
        what: `${code(refusal.typed)} may be any of ${refusal.candidates.length} agents`,
        why: 'The bot never guesses:',
        among: labels(refusal.candidates),
        toDo: 'Type it again with the whole agent ID of the one you mean.',
      };
    case 'targets-unclear':
      return {
        what: `${refusal.each.length} of these names can't be told`,
        why: 'The bot never guesses:',
        among: list(refusal.each.map(unclearName), (left) => `…and ${left} more of these names.`),
        toDo: 'Type it again with the whole names, or agent IDs. `/mesos agents` lists them.',
      };
    case 'nothing-selected':
      return {
        what: `None of ${count(refusal.registered, 'registered agent')} is like that`,
        why: 'The parts of the selection, each by itself:',
        among: list(
          refusal.parts.map(
            ({ shown, matches, near }) =>
              `${code(shown, 120)}: ${matches === 0 ? 'none' : count(matches, 'agent')}${
                near.length === 0 ? '' : `; there is ${enumerate(near.map((each) => code(each, 80)))}`
              }`,
          ),
        ),
        toDo: '`/mesos agents` lists them with their attributes. Selecting takes registered agents only; one that is away is named.',
      };
    case 'agent-not-drainable':
      return {
        what: `${agentName(refusal.agent)} can't be drained now`,
        why: `${outOfReach(refusal.why)} ${plain(refusal.detail, 300)}`,
        toDo:
          refusal.why === 'unreadable'
            ? 'Type it again when the master can be read.'
            : '`/mesos agents` lists the agents there are. A machine that came back has a new id.',
      };
    case 'already-open': {
      const drain = showDrainId(refusal.drain);
      return {
        what: `${agentName(refusal.agent)} is being drained already, as ${link(refusal.permalink, drain)}`,
        why: 'There is one open drain per agent at most.',
        toDo: `Follow it in its thread or with \`/mesos status ${drain}\`. To stop following it: \`/mesos close ${drain} --reason "…"\`.`,
      };
    }
    case 'already-draining':
      return {
        what:
          refusal.ours === null
            ? `The master shows ${agentName(refusal.agent)} as ${refusal.state} already`
            : `${agentName(refusal.agent)} is ${refusal.state} already, by ${link(refusal.ours.permalink, showDrainId(refusal.ours.drain))}`,
        why: `It was told so ${
          refusal.maxGraceSeconds === null
            ? 'without a max grace period'
            : `with a max grace period of ${spoken(refusal.maxGraceSeconds)}`
        }. A second drain would overwrite that one.`,
        toDo: `${
          refusal.ours === null
            ? `\`/mesos audit --agent ${preformatted(refusal.agent.hostname)}\` shows whether it was this bot, and who asked; if not, ask around. `
            : ''
        }${
          refusal.state === 'DRAINED'
            ? 'To drain it afresh, reactivate it first.'
            : `\`/mesos preview ${preformatted(refusal.agent.hostname)}\` shows what is left on it.`
        }`,
      };
    case 'scheduled-for-maintenance':
      return {
        what: `${agentName(refusal.agent)} is in the maintenance schedule`,
        why: `The master refuses to drain a scheduled machine (${plain(refusal.machine)}).`,
        toDo: `${clearLine(refusal.agent)} takes it out of the schedule, and then it can be drained. Or go on with what is planned: ${code(`/mesos maintenance status ${targetOf(refusal.agent)}`, 300)} tells that, and ${code(`/mesos maintenance start ${targetOf(refusal.agent)} --reason "…"`, 300)} takes it down at once, with all its tasks.`,
      };
    case 'cannot-drain-capability':
      return {
        what: `${agentName(refusal.agent)} doesn't know how to drain`,
        why: `It runs Mesos ${plain(refusal.version, 40)}, without the capability AGENT_DRAINING.`,
        toDo: 'Upgrade the agent to Mesos 1.9 or newer, or empty it by hand.',
      };
    case 'limit-reached':
      return {
        what: `${count(refusal.open.length, 'drain is', 'drains are')} open ${amongWhich(
          refusal.limit,
        )}, and no more than ${refusal.allowed} may be`,
        why: `Open: ${enumerate(
          refusal.open.map((id) => `\`${showDrainId(id)}\``),
          10,
        )}.`,
        toDo: 'Wait until one ends; `/mesos status` shows how far they are.',
      };
    case 'no-such-drain':
      if (refusal.archive !== undefined) return inArchive('Drain', refusal.typed, refusal.archive);
      return {
        what: `There is no drain ${code(refusal.typed, 60)}`,
        why:
          refusal.near.length === 0
            ? 'No drain has that number.'
            : `The latest are ${enumerate(
                refusal.near.map((id) => `\`${showDrainId(id)}\``),
                8,
              )}.`,
        toDo: '`/mesos status` lists the open drains with their numbers.',
      };
    case 'drain-ended':
      return {
        what: `Drain ${showDrainId(refusal.drain)} has ended already`,
        why: `It ended as: ${plain(refusal.end, 200)}.`,
        toDo: `\`/mesos status ${showDrainId(refusal.drain)}\` shows its last state.`,
      };
    case 'call-under-way':
      return {
        what: `The call of drain ${showDrainId(refusal.drain)} is just on its way to the master`,
        why: 'Until its outcome is known, nothing else is done about it: it would be forgotten whether it began.',
        toDo: `Type it again in a minute. \`/mesos status ${showDrainId(refusal.drain)}\` shows what became of the call.`,
      };
    case 'cannot-cancel-drain':
      return {
        what: `Drain ${showDrainId(refusal.drain)} can't be cancelled`,
        why: 'Mesos has no way to stop a plain drain: its tasks have been told to stop.',
        toDo: `Let it end, then reactivate the agent. To stop following it: \`/mesos close ${showDrainId(refusal.drain)} --reason "…"\`.`,
      };
    case 'master-unreadable':
      return {
        what: `The master of ${plain(refusal.cluster)} can't be read`,
        why: `${clause(refusal.why, 300)}. What can't be seen is not changed.`,
        toDo: 'Type it again in a minute. `/mesos status` shows whether the master answers.',
      };
  }
}

function unclearName(refusal: UnclearName): string {
  switch (refusal.code) {
    case 'no-such-agent': {
      const near = refusal.near.map(({ hostname }) => plain(hostname, 80));
      return `${code(refusal.typed, 80)}: none is known by that${near.length === 0 ? '' : `; near to it: ${enumerate(near)}`}`;
    }
    case 'ambiguous-agent':
      return `${code(refusal.typed, 80)}: may be any of ${enumerate(refusal.candidates.map((each) => `${agentName(each)} (${fullId(each.agentId)})`))}`;
  }
}

function labels(agents: AgentLabel[]) {
  return list(
    agents.map((agent) => `${agentName(agent)}: ${plain(agent.state, 40)}, ${fullId(agent.agentId)}`),
    (left) => `…and ${left} more: say more of the name.`,
  );
}

function amongWhich(limit: Extract<Refusal, { code: 'limit-reached' }>['limit']): string {
  if (limit === 'cluster') return 'on this cluster';
  if (limit === 'rack') return 'in the rack of this agent';
  return `on agents with ${code(`${limit.attribute}=${limit.value}`, 80)}`;
}
