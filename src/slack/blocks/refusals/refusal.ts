import { plain as asTyped } from '../../../commands/slack-escapes.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { channelRef, clause, code, mention, plain } from '../text/escape.ts';
import { enumerate, note, type Part, text } from '../text/part.ts';
import { spoken } from '../text/time.ts';
import { badCommandParts } from './bad-command.ts';
import { refusalOfAnchors } from './refusal-of-anchors.ts';
import { refusalOfApproval } from './refusal-of-approval.ts';
import { refusalOfChange } from './refusal-of-change.ts';
import { refusalOfCluster } from './refusal-of-cluster.ts';
import { refusalOfDeactivation } from './refusal-of-deactivation.ts';
import { refusalOfHour } from './refusal-of-hour.ts';
import { refusalOfMachines } from './refusal-of-machines.ts';
import { refusalOfMarkGone } from './refusal-of-mark-gone.ts';
import { refusalOfPlan } from './refusal-of-plan.ts';
import { refusalOfPolicy } from './refusal-of-policy.ts';
import { refusalOfReturn } from './refusal-of-return.ts';
import { refusalOfRolling } from './refusal-of-rolling.ts';
import { refusalOfTarget } from './refusal-of-target.ts';

/** An expected "no": what, why, and what to do. */
export interface RefusalWords {
  /** Raw mrkdwn, without the final stop. */
  what: string;
  why: string;
  toDo: string;
  /** Shown between why and what to do. */
  among?: Part;
}

/** Every refusal as a person reads it. `typed`: the command as it came. */
export function refusalParts(refusal: Refusal, typed: string): Part[] {
  if (refusal.code === 'bad-command') return badCommandParts(refusal);
  const words = wordsOf(refusal);
  return [
    text(`*${words.what}. Nothing was done.*`, words.why),
    ...(words.among === undefined ? [] : [words.among]),
    text(`*What to do:* ${words.toDo}`),
    ...(typed === '' ? [] : [note(`Command: ${code(`/mesos ${asTyped(typed)}`, 200)}`)]),
  ];
}

/** One refusal, in words. */
export function wordsOf(refusal: Exclude<Refusal, { code: 'bad-command' }>): RefusalWords {
  switch (refusal.code) {
    case 'not-operator':
      return refusal.operatorsConfigured
        ? {
            what: 'You may not change the cluster',
            why: `${mention(refusal.user)} is not among the operators of this bot.`,
            toDo: 'Ask an operator to type it, or ask who runs the bot to add you or your user group. `/mesos whoami` shows what you may do; reading is open to you.',
          }
        : {
            what: 'Nobody may change the cluster yet',
            why: 'No operators are configured, and an empty list entitles nobody.',
            toDo: 'Ask who runs the bot to name operators in its configuration (users or user groups).',
          };
    case 'person-unknown':
      return {
        what: 'It could not be checked who you are',
        why: `Slack did not say: ${clause(refusal.why, 300)}.`,
        toDo: 'Type it again in a minute. If it stays so, tell who runs the bot.',
      };
    case 'not-a-member-of-workspace':
      return {
        what: 'Only full members of this workspace may change the cluster',
        why: standingWords(refusal.why),
        toDo: 'Ask a full member who is an operator to type it.',
      };
    case 'channel-not-allowed':
      return {
        what: 'The cluster may not be changed from this channel',
        why: `Commands that change it are allowed in ${
          refusal.allowed.length === 0 ? 'no channel yet' : enumerate(refusal.allowed.map(channelRef), 8)
        }.`,
        toDo:
          refusal.allowed.length === 0
            ? 'Ask who runs the bot to allow a channel.'
            : 'Type it in one of those channels.',
      };
    case 'direct-message':
      return {
        what: 'The cluster may not be changed from a direct message',
        why: 'Everything that changes it happens where others can see it.',
        toDo: 'Type it in a channel that the bot is a member of.',
      };
    case 'shared-channel':
      return {
        what: 'The cluster may not be changed from a channel shared with other organisations',
        why: 'People from outside could read along and react there.',
        toDo: 'Type it in a channel of this workspace only.',
      };
    case 'bot-not-in-channel':
      return {
        what: "The bot isn't a member of this channel",
        why: "It could not post the drain's thread here.",
        toDo: 'Type `/invite` and the name of the bot, then the command again.',
      };
    case 'channel-unknown':
      return {
        what: 'It could not be checked what channel this is',
        why: `Slack did not say: ${clause(refusal.why, 300)}. Perhaps the bot isn't a member of it.`,
        toDo: 'Type `/invite` and the name of the bot, then the command again; or use another channel.',
      };
    case 'not-recorded':
      return {
        what: 'The command could not be recorded',
        why:
          refusal.why === 'slow'
            ? "The bot's database did not answer in time, and without a record no command runs."
            : `The bot's database takes nothing now (${code(refusal.why.code, 40)}), and without a record no command runs.`,
        toDo: `Type it again in a minute; this one will never run. If it stays so, tell who runs the bot${
          refusal.why === 'slow' ? '.' : `: ${plain(refusal.why.toDo, 300)}`
        }`,
      };
    case 'hour-past':
    case 'hour-too-far':
    case 'hour-not-one':
      return refusalOfHour(refusal);
    case 'picked-up-late':
      return {
        what: 'The command came too late to be run',
        why: `It was picked up ${spoken(refusal.afterSeconds)} after you typed it, and things may have changed since.`,
        toDo: 'If it is still wanted, type it again.',
      };
    case 'too-many-commands':
      return {
        what: 'That was one command too many',
        why: 'Commands per person and minute are limited.',
        toDo: `Type it again in ${spoken(Math.max(1, refusal.retryAfterSeconds))}.`,
      };
    case 'which-cluster':
    case 'no-such-cluster':
    case 'other-clusters-work':
    case 'cluster-not-configured':
    case 'name-not-typed':
      return refusalOfCluster(refusal);
    case 'database-restored':
    case 'no-anchor-channel':
    case 'anchors-not-known':
      return refusalOfAnchors(refusal);
    case 'against-policy':
    case 'policy-broken':
    case 'collides':
    case 'needs-approval':
      return refusalOfPolicy(refusal);
    case 'reason-needed':
    case 'nobody-can-approve':
    case 'approval-open':
    case 'approval-settled':
    case 'no-such-approval':
      return refusalOfApproval(refusal);
    case 'unreachable-for-gone':
    case 'grace-differs':
    case 'unattended-too-late':
    case 'gone-by-others':
    case 'alive-with-tasks':
    case 'not-markable':
    case 'marking-open':
      return refusalOfMarkGone(refusal);
    case 'recall-open':
    case 'hasten-open':
    case 'cannot-hasten':
      return refusalOfChange(refusal);
    case 'already-deactivated':
    case 'drain-keeps-away':
    case 'agent-not-deactivatable':
    case 'cannot-cancel-deactivation':
    case 'master-cannot-drain':
      return refusalOfDeactivation(refusal);
    case 'not-deactivated':
    case 'still-draining':
    case 'agent-not-reactivatable':
    case 'old-master-would-crash':
    case 'drain-in-the-way':
    case 'taken-out-since':
    case 'reactivation-open':
      return refusalOfReturn(refusal);
    case 'machines-not-ready':
    case 'machine-unknown':
    case 'plan-calls':
      return refusalOfMachines(refusal);
    case 'no-such-plan':
    case 'plan-settled':
    case 'not-your-plan':
    case 'plan-begun':
    case 'plan-too-long':
    case 'plan-over-limits':
    case 'waves-over-limits':
    case 'not-rollable':
    case 'held-by-plan':
    case 'not-as-shown':
    case 'one-at-a-time':
      return refusalOfPlan(refusal);
    case 'plan-not-rolling':
    case 'plan-not-begun':
    case 'plan-halted':
    case 'plan-goes-on':
      return refusalOfRolling(refusal);
    case 'no-such-agent':
    case 'ambiguous-agent':
    case 'targets-unclear':
    case 'nothing-selected':
    case 'agent-not-drainable':
    case 'already-open':
    case 'already-draining':
    case 'scheduled-for-maintenance':
    case 'cannot-drain-capability':
    case 'limit-reached':
    case 'no-such-drain':
    case 'drain-ended':
    case 'call-under-way':
    case 'cannot-cancel-drain':
    case 'master-unreadable':
      return refusalOfTarget(refusal);
  }
}

function standingWords(why: Extract<Refusal, { code: 'not-a-member-of-workspace' }>['why']): string {
  switch (why) {
    case 'bot':
      return 'This account is a bot.';
    case 'guest':
      return 'This account is a guest.';
    case 'deactivated':
      return 'This account is deactivated.';
    case 'other-workspace':
      return 'This account belongs to another workspace.';
    case 'no-team':
      return 'Slack does not say to which workspace this account belongs.';
  }
}
