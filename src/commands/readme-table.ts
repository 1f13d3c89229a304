import { grammar, slash } from './grammar.ts';
import { riskInWords, synopsis } from './synopsis.ts';

/** README's table of commands, with the marks around it; a test holds README to it. */
export function readmeTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = grammar.map(
    (entry) =>
      `| \`${slash} ${cell(synopsis(entry))}\` | ${cell(entry.summary)} | ${riskInWords(entry)} | \`${slash} ${cell(entry.example)}\` |`,
  );
  const head = ['| Command | What it does | Risk | Example |', '| --- | --- | --- | --- |'];
  return ['<!-- commands -->', ...head, ...rows, '<!-- /commands -->'].join('\n');
}
