import type { PolicyNews } from '../../domain/notice.ts';
import { clause, code, plain } from './text/escape.ts';
import { enumerate, list, type Part, text } from './text/part.ts';

/** What became of the policies when the configuration was read again. */
export function policyParts(news: PolicyNews): Part[] {
  switch (news.what) {
    case 'changed':
      return [
        text(
          news.restored
            ? '*The policy can be read again.* What can’t be undone may be done again, as it says.'
            : news.clusters.length === 0
              ? '*The configuration was read again.* No policy has changed.'
              : '*The policy has changed,* and counts from now on, for what waits for an approval too.',
          news.restored && news.clusters.length === 0 ? 'It says what it said before.' : null,
        ),
        ...news.clusters.flatMap(({ cluster, changes }) => [
          text(`On ${code(cluster, 64)}:`),
          list(
            changes.length === 0
              ? ['nothing that shows in words']
              : changes.map(
                  ({ setting, was, is }) => `${code(setting, 60)}: ${plain(was, 300)} → *${plain(is, 300)}*`,
                ),
          ),
        ]),
        ...(news.restart.length === 0
          ? []
          : [
              text(
                `*Not taken yet:* ${enumerate(
                  news.restart.map((each) => code(each, 80)),
                  10,
                )} also changed, and ${news.restart.length === 1 ? 'counts' : 'count'} from the next start of the bot on.`,
              ),
            ]),
      ];
    case 'broken':
      return [
        text(
          '*The configuration can’t be read.* The policies from before stand; until the file is mended nothing is done that can’t be undone, approved or not.',
        ),
        list(news.problems.map((problem) => `${clause(problem, 300)}.`)),
        text(
          '*What to do:* mend the file, look at it with `npm run policy -- check FILE`, and have it read again (SIGHUP).',
        ),
      ];
  }
}
