import type { Notice } from '../../domain/notice.ts';
import { preformatted } from './text/escape.ts';
import { heading, type Part } from './text/part.ts';

/** A snippet where it can't go as a file: as much of it as one message takes. */
export function snippetParts({ title, text }: Extract<Notice, { kind: 'snippet' }>): Part[] {
  return [
    heading(title),
    {
      as: 'table',
      items: text.split('\n').map((line) => preformatted(line, 300)),
      more: (left) => `…and ${left} more lines.`,
    },
  ];
}
