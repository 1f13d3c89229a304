import type { OpsMatter } from '../../domain/notice.ts';
import { policyParts } from './policy.ts';
import { restoredParts } from './restored.ts';
import { channelRef, clause, code, mention, plain } from './text/escape.ts';
import { count, type Part, text } from './text/part.ts';
import { clock } from './text/time.ts';

/** What concerns the bot itself, for those who run it. */
export function opsParts(what: OpsMatter): Part[] {
  switch (what.matter) {
    case 'undeliverable':
      return [
        text(
          `*A message could not be delivered* to ${/^[UW]/.test(what.channel) ? 'one person' : channelRef(what.channel)}: ${clause(what.why, 200)}.`,
          `It was: ${plain(what.notice, 600)}`,
          `*What to do:* ${
            what.why === 'missing_scope'
              ? 'reinstall the Slack app from its manifest, which has the scope that is missing.'
              : 'invite the bot to the channel again if it was removed.'
          } The drain itself goes on and is on record: \`/mesos status\`, \`/mesos audit\`.`,
        ),
      ];
    case 'fault':
      return [
        text(
          `*Something broke* in ${plain(what.where, 80)}: ${clause(what.why, 300)}.`,
          `*What to do:* look for incident ${code(what.incident, 80)} in the bot's log.`,
        ),
      ];
    case 'started':
      return [
        text(
          `*The bot started*, version ${plain(what.version, 40)}. ${
            what.openDrains === 0
              ? 'No drain is open.'
              : `It goes on with ${count(what.openDrains, 'open drain')}.`
          }`,
          what.restored
            ? '*Its database was restored from the past,* and nobody has accepted that yet: nothing is changed. What was found, and the way out, was told here then; `/mesos status` says it too.'
            : null,
          what.notCompared === null
            ? null
            : `*Whether its database was restored from the past is not known:* ${clause(what.notCompared, 200)}. It goes on as ever, and looks again.`,
        ),
      ];
    case 'restored':
      return restoredParts(what);
    case 'store-down':
      return [
        text(
          `*The bot's database takes nothing* since ${clock(what.since)}: ${code(what.code, 40)}.`,
          `Nothing is changed meanwhile, and nothing is recorded: changes are refused, reads are answered marked "not logged"${
            what.commands === 0 ? '' : ` (${count(what.commands, 'command')} so far)`
          }. A call that was on its way is looked for afterwards.`,
          `*What to do:* ${plain(what.toDo, 300)} The bot tries again by itself and says here when it records again.`,
        ),
      ];
    case 'store-recovered':
      return [
        text(
          `*Recording again* since ${clock(what.to)}. From ${clock(what.from)} on nothing was recorded (${code(what.code, 40)}); ${
            what.commands === 0
              ? 'nobody gave a command meanwhile.'
              : `${count(what.commands, 'command')} ${what.commands === 1 ? 'was' : 'were'} answered without a record. The log's entry of this outage names the first of them: \`npm run audit -- list --json\`.`
          }`,
        ),
      ];
    case 'policy':
      return policyParts(what.news);
    case 'commands-limited':
      return [
        text(
          `*Too many commands:* ${count(what.count, 'command')} of ${mention(what.user)} ${
            what.count === 1 ? 'was' : 'were'
          } refused.`,
        ),
      ];
  }
}
