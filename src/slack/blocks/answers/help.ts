import { grammar, groups } from '../../../commands/grammar.ts';
import { helpFor } from '../../../commands/help.ts';
import type { Notice } from '../../../domain/notice.ts';
import { ours, plain } from '../text/escape.ts';
import { enumerate, list, type Part, text } from '../text/part.ts';

/** Help on all commands (null, or a word that is no command) or on one, from the grammar's own table. */
export function helpParts({ topic, clusters }: Extract<Notice, { kind: 'help' }>): Part[] {
  const help = helpFor(
    grammar.find(({ verb }) => verb === topic)?.verb ?? groups.find((group) => group === topic) ?? null,
    { severalClusters: clusters.length > 1 },
  );
  const named = clusters.length > 1 ? [clusterWords(clusters)] : [];
  switch (help.kind) {
    case 'overview':
      return [
        text('*What you can type*'),
        list(help.lines.map((line) => `\`${ours(line.synopsis)}\`: ${ours(line.summary)}`)),
        text(
          ...help.examples.map((example) => `*Example:* \`${ours(example)}\``),
          `*One command with all its flags:* \`${ours(help.more)}\``,
          ...named,
        ),
      ];
    case 'command':
      return [
        text(
          `*\`${ours(help.synopsis)}\`*`,
          `${ours(help.summary.charAt(0).toUpperCase() + help.summary.slice(1))}.`,
        ),
        list(
          help.flags.map(
            (flag) => `\`${ours(flag.flag)}\`${flag.required ? ' (required)' : ''}: ${ours(flag.help)}`,
          ),
        ),
        text(
          ...help.details.map(ours),
          ...named,
          `*Risk:* ${ours(help.risk)}`,
          `*Example:* \`${ours(help.example)}\``,
        ),
      ];
  }
}

function clusterWords(clusters: string[]): string {
  const names = enumerate(
    clusters.map((name) => plain(name, 64)),
    12,
  );
  return `*Clusters:* ${names}. Without \`--cluster NAME\`, anywhere in a command, the one of the work that it names is meant, or this channel’s own.`;
}
