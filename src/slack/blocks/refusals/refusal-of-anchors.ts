import { iso } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { acceptLine } from '../restored.ts';
import { clause, code } from '../text/escape.ts';
import { stamp } from '../text/time.ts';
import type { RefusalWords } from './refusal.ts';

/** Why nothing is changed after a restore, or no head of the log can go out. */
export function refusalOfAnchors(
  refusal: Extract<Refusal, { code: 'database-restored' | 'no-anchor-channel' | 'anchors-not-known' }>,
): RefusalWords {
  switch (refusal.code) {
    case 'database-restored':
      return restoredWords(refusal);
    case 'no-anchor-channel':
      return {
        what: 'There is no channel for heads of the audit log',
        why: 'Neither `ANCHOR_CHANNEL` nor `SLACK_OPS_CHANNEL` is set.',
        toDo: 'Ask who runs the bot to set one; `npm run audit -- verify` on its machine prints the head meanwhile.',
      };
    case 'anchors-not-known':
      return {
        what: 'No head of the audit log can be posted now',
        why: `The heads that Slack holds can't be read (${clause(refusal.why, 200)}), so it is not known whether this is a database from the past, and the head of one would mislead.`,
        toDo: 'Type it again in some minutes; after half an hour it is posted all the same.',
      };
  }
}

function restoredWords({ since }: Extract<Refusal, { code: 'database-restored' }>): RefusalWords {
  return {
    what: "The bot's database was restored from the past, and nothing is changed until somebody accepts that",
    why: `What the bot did after the copy was made is not in its log, so it can't tell what it would do twice. It noticed at ${stamp(iso(since), null)}; approvals of before are void.`,
    toDo: `Ask who runs the bot: stop it, run ${code(acceptLine)}, start it again. Until then \`/mesos status\`, \`/mesos agents\` and other reads answer.`,
  };
}
