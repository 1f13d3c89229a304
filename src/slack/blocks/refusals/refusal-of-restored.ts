import { iso } from '../../../domain/ids.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { acceptLine } from '../restored.ts';
import { code } from '../text/escape.ts';
import { stamp } from '../text/time.ts';
import type { RefusalWords } from './refusal.ts';

/** Why nothing is changed after a restore. */
export function refusalOfRestored({ since }: Extract<Refusal, { code: 'database-restored' }>): RefusalWords {
  return {
    what: "The bot's database was restored from the past, and nothing is changed until somebody accepts that",
    why: `What the bot did after the copy was made is not in its log, so it can't tell what it would do twice. It noticed at ${stamp(iso(since), null)}; approvals of before are void.`,
    toDo: `Ask who runs the bot: stop it, run ${code(acceptLine)}, start it again. Until then \`/mesos status\`, \`/mesos agents\` and other reads answer.`,
  };
}
