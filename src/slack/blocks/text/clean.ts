import { openForVotes } from '../approvals/open-for-votes.ts';

const marker = new RegExp(openForVotes.replaceAll(' ', '\\s+'), 'gi');

/** Foreign text made fit to show: one line, no control or direction-changing characters, at most `max`
 * UTF-16 units and then an ellipsis. Not escaped: for plain_text only, or for escape.ts. */
export function raw(text: string, max: number): string {
  // A longer text is cut before it is cleaned, so that 10 MB of it cost nothing.
  const clean = text
    .slice(0, max * 4)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (clean === '') return '(empty)';
  return clean.length <= max
    ? clean
    : `${clean
        .slice(0, max - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}

/** Foreign text for a plain_text object such as a header: what looks like mrkdwn's tokens is replaced, because
 * Slack decodes entities there in some clients and not in others. */
export function headline(text: string, max: number): string {
  const clean = raw(text.replaceAll('&', '+').replaceAll('<', '‹').replaceAll('>', '›'), max);
  return inert(clean).slice(0, max).toWellFormed();
}

/** `@here` and its like, taken apart by a word joiner in case something still parses them; and what only an open question
 * may say, in a form that no reader of ours takes for it. */
export function inert(text: string): string {
  return text
    .replace(/@(?=here|channel|everyone|group)/gi, '@\u2060')
    .replace(marker, (found) => found.replace(/\s+/g, '_'));
}
