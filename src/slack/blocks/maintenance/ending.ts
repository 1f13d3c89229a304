import { instant, showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { LeftStanding } from '../../../domain/maintenance/left-standing.ts';
import type { MaintenanceAbout } from '../../../domain/maintenance/news.ts';
import type { MachinesFailure, PlanEnd } from '../../../domain/plan.ts';
import { shortId } from '../text/agent-name.ts';
import { clause, code, plain } from '../text/escape.ts';
import { enumerate } from '../text/part.ts';
import { callName, machinesWords, spanWords, typedNames } from './words.ts';

interface EndWords {
  verdict: string;
  means: string | null;
  toDo: string | null;
}

/** Every end that a plan over machines can have. */
export function endWords(about: MaintenanceAbout, end: PlanEnd): EndWords {
  const name = `Plan ${showPlanId(about.plan)}`;
  const nothing = (verdict: string, toDo: string | null = null): EndWords => ({
    verdict: `${name} ${verdict}`,
    means: 'Nothing was changed.',
    toDo,
  });
  switch (end.kind) {
    case 'done':
      return doneWords(about, name);
    case 'not-confirmed':
      return nothing('was not confirmed in time.');
    case 'not-approved':
      return {
        verdict: `${name} was not approved.`,
        means: `Question ${showApprovalId(end.approval)} tells how it ended. Nothing more is done.${leftWords(about, end.left)}`,
        toDo: leftToDo(about, end.left),
      };
    case 'cancelled':
      return {
        verdict: `${name} was stopped by ${plain(end.by.name)}.`,
        means: `Nothing more is done.${leftWords(about, end.left) || ' What had been done by then stands.'}`,
        toDo: leftToDo(about, end.left),
      };
    case 'late':
      return nothing('could not begin at its hour.');
    case 'refused':
      return {
        verdict: `${name} is not done.`,
        means: `A rule stands against it by now: ${plain(end.refusal.code.replaceAll('-', ' '))}.`,
        toDo: 'look at `/mesos maintenance status`, and ask again.',
      };
    case 'given-up':
      return {
        verdict: `${name} was given up by ${plain(end.by.name)}.`,
        means: `Why: ${plain(end.reason, 300)}`,
        toDo: null,
      };
    case 'restored':
      return {
        verdict: `${name} ends here: the bot’s database is one from the past.`,
        means: 'What this plan did since is not known, and nothing more of it is done.',
        toDo: 'look at `/mesos maintenance status`, and ask again once changes are taken.',
      };
    case 'failed':
      return failureWords(about, end.why, name);
  }
}

/** What it did that stays; nothing where that is not known. */
function leftWords({ machines }: MaintenanceAbout, left: LeftStanding | undefined): string {
  if (left === undefined) return '';
  const { drains, scheduled } = left;
  if (drains.length === 0 && !scheduled) return ' Nothing was changed.';
  return [
    drains.length === 0
      ? ''
      : ` Its drains go on as plain ones, for Mesos has no way to stop one: ${enumerate(drains.map(showDrainId), 8)}.`,
    scheduled ? ` ${machinesWords(machines)} stays in the maintenance schedule.` : '',
  ].join('');
}

function leftToDo({ machines }: MaintenanceAbout, left: LeftStanding | undefined): string | null {
  if (left === undefined) return null;
  const parts = [
    left.scheduled
      ? `${code(`/mesos maintenance clear ${typedNames(machines)}`, 400)} takes it out of the schedule`
      : null,
    left.drains.length > 0 ? '`/mesos reactivate` puts an agent back once it is drained' : null,
  ].filter((each) => each !== null);
  return parts.length === 0 ? null : `${parts.join('; ')}.`;
}

function doneWords({ work, machines }: MaintenanceAbout, name: string): EndWords {
  const target = typedNames(machines);
  switch (work.do) {
    case 'schedule':
      return {
        verdict: `${name} is done: ${machinesWords(machines)} is in the maintenance schedule.`,
        means: null,
        toDo: `when it is to go down, \`/mesos maintenance start ${target} --reason …\`.`,
      };
    case 'clear':
      return {
        verdict: `${name} is done: ${machinesWords(machines)} is no longer scheduled.`,
        means: null,
        toDo: null,
      };
    case 'start':
      return {
        verdict: `${name} is done: ${machinesWords(machines)} is DOWN, and safe to work on.`,
        means: null,
        toDo: `when the work is done, \`/mesos maintenance stop ${target}\`.`,
      };
    case 'stop':
      return { verdict: `${name} is done: ${machinesWords(machines)} is UP.`, means: null, toDo: null };
  }
}

function failureWords({ work, machines }: MaintenanceAbout, why: MachinesFailure, name: string): EndWords {
  const look = 'look at `/mesos maintenance status`, and ask again.';
  switch (why.code) {
    case 'rejected':
      return {
        verdict: `${name} stops: the master rejected ${callName(why.call)}${why.httpStatus === null ? '' : ` (${why.httpStatus})`}.`,
        means: `It said: ${clause(why.body, 300)}. Nothing was changed by it, and nothing more is done.`,
        toDo: look,
      };
    case 'not-applied':
      return {
        verdict: `${name} stops: ${callName(why.call)} was not applied.`,
        means:
          'Two reads of one leading master, a minute or more after it was sent, show no effect. It is not sent again.',
        toDo:
          why.call === 'start' && work.do === 'start' && work.window !== null
            ? `the machine is scheduled${work.drainFirst === null ? '' : ' and its agents are drained'} by now: ${code(`/mesos maintenance start ${typedNames(machines)} --reason …`, 400)}${work.drainFirst === null ? '' : ' without `--drain-first`'} asks for the rest, ${code(`/mesos maintenance clear ${typedNames(machines)}`, 400)} takes it out of the schedule.`
            : look,
      };
    case 'undone':
      return {
        verdict: `${name} stops: what ${callName(why.call)} did does not stand.`,
        means: `The master took it, and two reads show something else: somebody changed it. Now: ${placesWords(why.now)}.`,
        toDo: look,
      };
    case 'changed':
      return {
        verdict: `${name} stops: somebody else changed the schedule of ${machinesWords(machines)}.`,
        means: `Nothing more is done. Now: ${placesWords(why.now)}.`,
        toDo: look,
      };
    case 'drain-ended':
      return {
        verdict: `${name} stops: agent ${plain(shortId(why.agentId), 20)} was not proven DRAINED${why.drain === null ? '' : ` (${showDrainId(why.drain)})`}.`,
        means: `${plain(why.how, 300)} No machine was scheduled or taken down. Drains of this plan that have begun go on.`,
        toDo: 'see to that agent, and ask again; agents that are drained already need no second drain.',
      };
    case 'not-back':
      return {
        verdict: `${name} gives up after ${why.forDays} days: no agent registered on ${machinesWords(why.machines)}.`,
        means: 'The machine is UP, and its agent may register at any time. Nobody waits for it any more.',
        toDo: null,
      };
  }
}

const anyDay = instant(0);

function placesWords(now: Extract<MachinesFailure, { code: 'undone' }>['now']): string {
  if (now.length === 0) return 'not scheduled';
  return enumerate(
    now.map(
      ({ machine, after }) =>
        `${plain(machine.hostname ?? '?')} ${after === null ? 'not scheduled' : spanWords(after, anyDay)}`,
    ),
  );
}
