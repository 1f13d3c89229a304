import type { KnownBlock } from '@slack/types';
import { buttonBlocks, buttonWords } from './buttons.ts';
import { headline } from './clean.ts';
import { plain } from './escape.ts';
import type { Part, Rendered } from './part.ts';

/** Slack: chat.update refuses a text over 4000 characters. A whole message stays within this, so that the text can
 * always say everything that the blocks say. */
export const messageLimit = 3900;
/** Slack: section text. A code block's fences fit on top. */
const sectionLimit = 2900;
/** Slack: header text. */
const headerLimit = 150;
/** Slack allows 50. */
const blocksLimit = 48;
/** The most that one line may take; a list's item likewise. */
const lineLimit = 900;
/** Kept free for a list's "and N more". */
const moreRoom = 160;

/** Lays a message out: the verdict first, every list cut to what fits, nothing beyond Slack's limits whatever the
 * parts hold. */
export function layout(parts: Part[]): Rendered {
  const fitted = fitLists(parts);
  const text: string[] = [];
  const blocks: KnownBlock[] = [];
  let room = messageLimit - 40;
  let buttonsSoFar = 0;
  for (const part of fitted) {
    const [kept, used] = keepWithin(part, room);
    room -= used;
    if (kept !== null) {
      // Blocks first: a message that runs out of blocks says so in both.
      if (blocks.length >= blocksLimit - 4) room = 0;
      else {
        text.push(...linesOf(kept));
        blocks.push(...blocksOf(kept, buttonsSoFar));
        if (kept.as === 'buttons') buttonsSoFar += kept.buttons.length;
      }
    }
    if (kept !== part || room <= 0) {
      text.push(cutNote);
      blocks.push({ type: 'section', text: mrkdwn(cutNote) });
      break;
    }
  }
  return { text: text.join('\n'), blocks };
}

const cutNote = '… (cut: too long for one message)';

type Fitted = Exclude<Part, { as: 'list' | 'table' }> | { as: 'lines' | 'pre'; lines: string[] };

/** Cuts the lists so that what is not a list has its room first and the lists share the rest. */
function fitLists(parts: Part[]): Fitted[] {
  const isList = (part: Part) => part.as === 'list' || part.as === 'table';
  let lists = parts.filter(isList).length;
  let room = messageLimit - 60 - parts.reduce((sum, part) => sum + (isList(part) ? 0 : cost(part)), 0);
  return parts.map((part) => {
    if (part.as !== 'list' && part.as !== 'table') return part;
    const lines = take(part, Math.max(0, Math.floor(room / lists)));
    room -= sizeOf(lines);
    lists -= 1;
    return { as: part.as === 'list' ? 'lines' : 'pre', lines };
  });
}

/** How many of these a list can show in one message beside those parts, none of them a list: for what goes on in another. */
export function thatFit(items: string[], beside: Part[]): number {
  let room = messageLimit - 60 - 8 - beside.reduce((sum, part) => sum + cost(part), 0);
  const beyond = items.findIndex((item) => {
    room -= cutLine(`• ${item}`).length + 1;
    return room < 0;
  });
  return beyond === -1 ? items.length : beyond;
}

function take(part: Extract<Part, { as: 'list' | 'table' }>, room: number): string[] {
  const items = part.items.map((item) => cutLine(part.as === 'list' ? `• ${item}` : item));
  if (sizeOf(items) + 8 <= room) return items;
  const lines: string[] = [];
  let left = room - moreRoom;
  for (const item of items) {
    if (item.length + 1 > left) break;
    left -= item.length + 1;
    lines.push(item);
  }
  if (lines.length < items.length) lines.push(part.more(items.length - lines.length));
  return lines;
}

/** The part as far as `room` goes (the very same object where all of it does), and what it takes. */
function keepWithin(part: Fitted, room: number): [Fitted | null, number] {
  const whole = cost(part);
  if (whole <= room) return [part, whole];
  if (part.as === 'text' || part.as === 'note' || part.as === 'lines' || part.as === 'pre') {
    const lines: string[] = [];
    let left = room - 8;
    for (const line of part.lines.map(cutLine)) {
      if (line.length + 1 > left) break;
      left -= line.length + 1;
      lines.push(line);
    }
    return [lines.length === 0 ? null : { ...part, lines }, room];
  }
  return [null, room];
}

function cost(part: Part | Fitted): number {
  return part.as === 'list' || part.as === 'table' ? 0 : sizeOf(linesOf(part));
}

function sizeOf(lines: string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** A part as the fallback text says it. */
function linesOf(part: Fitted): string[] {
  switch (part.as) {
    case 'heading':
      return [`*${plain(headline(part.text, headerLimit), headerLimit)}*`];
    case 'text':
    case 'note':
    case 'lines':
      return part.lines.map(cutLine);
    case 'pre':
      return part.lines.length === 0 ? [] : ['```', ...part.lines, '```'];
    case 'shell':
      return [`\`${cutLine(part.line)}\``];
    case 'buttons':
      return part.buttons.map((button) => cutLine(buttonWords(button)));
    case 'divider':
      return ['—'];
  }
}

function blocksOf(part: Fitted, buttonsBefore: number): KnownBlock[] {
  switch (part.as) {
    case 'heading':
      return [
        {
          type: 'header',
          text: { type: 'plain_text', text: headline(part.text, headerLimit), emoji: false },
        },
      ];
    case 'text':
    case 'lines':
      return packed(part.lines.map(cutLine)).map((text) => ({ type: 'section', text: mrkdwn(text) }));
    case 'pre':
      return packed(part.lines).map((text) => ({ type: 'section', text: mrkdwn(`\`\`\`\n${text}\n\`\`\``) }));
    case 'shell':
      return [{ type: 'section', text: mrkdwn(`\`\`\`${cutLine(part.line)}\`\`\``) }];
    case 'note':
      return packed(part.lines.map(cutLine)).map((text) => ({ type: 'context', elements: [mrkdwn(text)] }));
    case 'buttons':
      return buttonBlocks(part.buttons, buttonsBefore);
    case 'divider':
      return [{ type: 'divider' }];
  }
}

/** `verbatim`: Slack must not find links, channels or mentions in it by itself. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn' as const, text, verbatim: true };
}

/** Lines joined into texts that each fit a section. */
function packed(lines: string[]): string[] {
  const texts: string[] = [];
  let open = '';
  for (const line of lines.filter((each) => each !== '')) {
    if (open !== '' && open.length + line.length + 1 > sectionLimit) {
      texts.push(open);
      open = '';
    }
    open = open === '' ? line : `${open}\n${line}`;
  }
  if (open !== '') texts.push(open);
  return texts;
}

/** Our own lines are shorter by far: names are cut where they are escaped. A line that is still too long is cut so
 * that no entity and no token is left open. */
export function cutLine(line: string): string {
  if (line.length <= lineLimit) return line;
  const cut = line
    .slice(0, lineLimit - 1)
    .replace(/&[a-z]*$/, '')
    .replace(/<[^>]*$/, '')
    .toWellFormed();
  // An odd number of back-ticks is a code span without its end.
  return `${cut}${(cut.split('`').length - 1) % 2 === 1 ? '`' : ''}…`;
}
