import { code } from '../text/escape.ts';
import type { RefusalWords } from './refusal.ts';

/** What is asked about ended long ago, and stayed behind when the log's file was closed. */
export function inArchive(kind: 'Drain' | 'Question', typed: string, archive: string): RefusalWords {
  const file = code(archive, 200);
  return {
    what: `${kind} ${code(typed, 60)} is in an archived file`,
    why: `It had ended when the log's file was closed as ${file}: it is in that one, or in one before it.`,
    toDo: `Whoever runs the bot can read it there: \`npm run audit -- list\` ${file}.`,
  };
}
