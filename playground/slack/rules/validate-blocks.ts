import { accessory, actionElement, anyText, contextElement, plainText } from './block-elements.ts';
import {
  type Check,
  type Complaints,
  complain,
  type Fields,
  flag,
  isRecord,
  list,
  number,
  object,
  oneOf,
  optional,
  required,
  text,
  typed,
  url,
} from './checks.ts';
import { richTextPart } from './rich-text.ts';

const blockId = { block_id: optional(text(1, 255)) };

const richText: Fields = { ...blockId, elements: required(list(1, 1000, richTextPart)) };

const tableCell: Check = typed({
  raw_text: { text: required(text(1, 10_000)) },
  raw_number: { value: required(number), text: required(text(1, 10_000)) },
  rich_text: richText,
});

const column: Check = object({
  align: optional(oneOf('left', 'center', 'right')),
  is_wrapped: optional(flag),
});

/** The blocks a message may carry, with Slack's limits (slack-notes B.8). Slack knows more types; those the bot
 * doesn't use count as unsupported here. */
const block: Check = typed({
  section: {
    ...blockId,
    text: optional(anyText(3000)),
    fields: optional(list(1, 10, anyText(2000))),
    accessory: optional(accessory),
    expand: optional(flag),
  },
  header: { ...blockId, text: required(plainText(150)) },
  divider: blockId,
  context: { ...blockId, elements: required(list(1, 10, contextElement)) },
  actions: { ...blockId, elements: required(list(1, 25, actionElement)) },
  image: {
    ...blockId,
    image_url: required(url),
    alt_text: required(text(1, 2000)),
    title: optional(plainText(2000)),
  },
  markdown: { ...blockId, text: required(text(1, 12_000)) },
  rich_text: richText,
  table: {
    ...blockId,
    rows: required(list(1, 100, list(1, 20, tableCell))),
    column_settings: optional(list(0, 20, column)),
  },
  alert: {
    ...blockId,
    text: required(anyText(3000)),
    level: optional(oneOf('default', 'info', 'warning', 'error', 'success')),
  },
});

/** Everything Slack would object to in a message's blocks; empty when it takes them. */
export function complaintsAboutBlocks(blocks: unknown): Complaints {
  const complaints: Complaints = [];
  list(0, 50, block)(blocks, '/blocks', complaints);
  if (Array.isArray(blocks)) acrossBlocks(blocks.filter(isRecord), complaints);
  return complaints;
}

/** The rules that hold for a message as a whole. */
function acrossBlocks(blocks: Record<string, unknown>[], complaints: Complaints): void {
  const blockIds = new Set<unknown>();
  let markdown = 0;
  let tables = 0;
  for (const [index, each] of blocks.entries()) {
    const at = `/blocks/${index}`;
    const id = each['block_id'];
    if (id !== undefined && blockIds.has(id))
      complain(complaints, `block_id already used: ${String(id)}`, at);
    blockIds.add(id);
    switch (each['type']) {
      case 'section':
        if (each['text'] === undefined && each['fields'] === undefined) {
          complain(complaints, 'must have text or fields', at);
        }
        break;
      case 'actions':
        uniqueActionIds(each['elements'], at, complaints);
        break;
      case 'markdown':
        markdown += typeof each['text'] === 'string' ? each['text'].length : 0;
        break;
      case 'table':
        tables += 1;
        if (tableCharacters(each['rows']) > 10_000)
          complain(complaints, 'too many characters in the table', at);
        break;
      default:
    }
  }
  if (markdown > 12_000) complain(complaints, 'too many characters in markdown blocks', '/blocks');
  if (tables > 1) complain(complaints, 'only_one_table_allowed', '/blocks');
}

function uniqueActionIds(elements: unknown, at: string, complaints: Complaints): void {
  if (!Array.isArray(elements)) return;
  const ids = elements.filter(isRecord).flatMap((each) => each['action_id'] ?? []);
  if (new Set(ids).size < ids.length) complain(complaints, 'action_id already used', `${at}/elements`);
}

function tableCharacters(rows: unknown): number {
  const cells = Array.isArray(rows) ? rows.flat().filter(isRecord) : [];
  const length = (cell: Record<string, unknown>) =>
    typeof cell['text'] === 'string' ? cell['text'].length : 0;
  return cells.reduce((sum, cell) => sum + length(cell), 0);
}
