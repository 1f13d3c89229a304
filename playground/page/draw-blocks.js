import { drawLink, drawMrkdwn, drawPlain } from './draw-text.js';
import { element } from './element.js';
import { drawEmoji } from './emoji.js';

/** A text object, mrkdwn or plain. */
function drawText(text, names) {
  return text.type === 'mrkdwn' ? drawMrkdwn(text.text, names) : drawPlain(text.text);
}

const kinds = {
  section: (block, names, press) =>
    element(
      'div',
      { className: 'section' },
      element(
        'div',
        { className: 'grow' },
        block.text ? element('p', {}, drawText(block.text, names)) : null,
        block.fields ? drawFields(block.fields, names) : null,
      ),
      block.accessory ? drawControl(block.accessory, press) : null,
    ),
  header: (block) => element('h3', {}, drawPlain(block.text.text)),
  divider: () => element('hr', {}),
  context: (block, names) =>
    element(
      'div',
      { className: 'context' },
      block.elements.map((each) =>
        element('span', {}, each.type === 'image' ? `[${each.alt_text}]` : drawText(each, names)),
      ),
    ),
  actions: (block, _names, press) =>
    element(
      'div',
      { className: 'actions' },
      block.elements.map((each) => drawControl(each, press)),
    ),
  // Nothing is loaded from outside: a picture is its description.
  image: (block) => element('p', { className: 'picture' }, `[${block.alt_text}]`),
  markdown: (block) => element('p', {}, block.text),
  alert: (block, names) =>
    element('p', { className: `alert ${block.level ?? 'default'}` }, drawText(block.text, names)),
  rich_text: (block, names) =>
    element(
      'div',
      { className: 'rich' },
      block.elements.map((each) => drawRichPart(each, names)),
    ),
  table: (block, names) =>
    element(
      'div',
      { className: 'wide' },
      element(
        'table',
        {},
        block.rows.map((row, at) => drawRow(row, at === 0 ? 'th' : 'td', block.column_settings ?? [], names)),
      ),
    ),
};

/** A message's blocks as elements. `press(actionId)` is what a click on a button does. */
export function drawBlocks(blocks, names, press) {
  return blocks.map(
    (block) => kinds[block.type]?.(block, names, press) ?? element('p', {}, `[${block.type}]`),
  );
}

const drawFields = (fields, names) =>
  element(
    'div',
    { className: 'fields' },
    fields.map((field) => element('p', {}, drawText(field, names))),
  );

/** Menus are shown, and do nothing here. */
function drawControl(control, press) {
  const label = control.text?.text ?? control.placeholder?.text ?? control.alt_text ?? control.type;
  const isButton = control.type === 'button' && control.action_id !== undefined;
  const onclick = () => {
    if (isAgreed(control.confirm)) press(control.action_id);
  };
  return element(
    'button',
    {
      type: 'button',
      className: control.style ?? '',
      disabled: !isButton,
      title: control.value ?? '',
      onclick,
    },
    label,
  );
}

/** Slack's own dialog has the labels on its buttons; the browser's can only name them. */
function isAgreed(dialog) {
  if (dialog === undefined) return true;
  const { title, text, confirm: yes, deny: no } = dialog;
  return confirm(`${title.text}\n\n${text.text}\n\nOK: ${yes.text}. Cancel: ${no.text}.`);
}

const drawRow = (row, tag, columns, names) =>
  element(
    'tr',
    {},
    row.map((cell, at) =>
      element(
        tag,
        { className: columns[at]?.align ?? 'left' },
        cell.type === 'rich_text' ? cell.elements.map((part) => drawRichPart(part, names)) : cell.text,
      ),
    ),
  );

function drawRichPart(part, names) {
  switch (part.type) {
    case 'rich_text_list':
      return element(
        part.style === 'ordered' ? 'ol' : 'ul',
        {},
        part.elements.map((item) =>
          element(
            'li',
            {},
            item.elements.map((each) => drawInline(each, names)),
          ),
        ),
      );
    case 'rich_text_preformatted':
      return element(
        'pre',
        {},
        part.elements.map((each) => drawInline(each, names)),
      );
    case 'rich_text_quote':
      return element(
        'blockquote',
        {},
        part.elements.map((each) => drawInline(each, names)),
      );
    default:
      return element(
        'p',
        {},
        part.elements.map((each) => drawInline(each, names)),
      );
  }
}

const inlines = {
  text: (part) => part.text,
  emoji: (part) => drawEmoji(part.name),
  link: (part) => drawLink(part.url, part.text ?? part.url),
  user: (part, names) => element('span', { className: 'mention' }, `@${names.user(part.user_id)}`),
  usergroup: (part, names) => element('span', { className: 'mention' }, `@${names.group(part.usergroup_id)}`),
  channel: (part, names) => element('span', { className: 'mention' }, `#${names.channel(part.channel_id)}`),
  date: (part) => new Date(part.timestamp * 1000).toLocaleString(),
};

function drawInline(part, names) {
  const style = part.style ?? {};
  let drawn = inlines[part.type]?.(part, names) ?? `[${part.type}]`;
  if (style.code) drawn = element('code', {}, drawn);
  if (style.bold) drawn = element('strong', {}, drawn);
  if (style.italic) drawn = element('em', {}, drawn);
  if (style.strike) drawn = element('s', {}, drawn);
  return drawn;
}
