import { drawBlocks } from './draw-blocks.js';
import { drawAvatar, drawRoles } from './draw-person.js';
import { drawPicker, drawReactions } from './draw-reactions.js';
import { drawMrkdwn } from './draw-text.js';
import { element } from './element.js';

/** One message as a list item. `act` has what clicking does: react(ts, name), press(ts, actionId)
 * and openThread(ts). */
export function drawMessage(item, names, me, act) {
  const author = names.user(item.user);
  const person = names.person(item.user);
  const isApp = item.isApp || person?.tag === 'app';
  const at = new Date(Number(item.ts.split('.')[0]) * 1000);
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return element(
    'li',
    { className: item.isOnlyForMe ? 'message only-me' : 'message', tabIndex: -1 },
    drawAvatar(author, isApp),
    element(
      'div',
      { className: 'grow' },
      item.isOnlyForMe ? element('p', { className: 'only' }, '👁 Only visible to you') : null,
      item.isBroadcast && !act.isInThread ? drawBroadcast(item, act) : null,
      element(
        'p',
        { className: 'who' },
        element('strong', { title: person?.realName ?? '' }, author),
        drawRoles(person),
        element('time', { dateTime: at.toISOString(), title: at.toString() }, time),
      ),
      drawBody(item, names, act),
      item.files.map(drawFile),
      drawReactions(item, names, me, act),
      item.replies > 0 && !act.isInThread ? drawReplies(item, act) : null,
      item.isOnlyForMe ? null : drawPicker(item, me, act),
    ),
  );
}

function drawBody(item, names, act) {
  const edited = item.isEdited ? element('small', { className: 'edited' }, ' (edited)') : null;
  if (item.blocks === null) return element('p', { className: 'text' }, drawMrkdwn(item.text, names), edited);
  const press = (actionId) => act.press(item.ts, actionId);
  return element('div', { className: 'blocks' }, drawBlocks(item.blocks, names, press));
}

/** A snippet: its title, and its text in a frame that scrolls. */
function drawFile({ name, title, text }) {
  return element(
    'details',
    { className: 'file', open: true },
    element('summary', { title: name }, `📄 ${title}`),
    element('pre', { tabIndex: 0 }, text),
  );
}

function drawBroadcast(item, act) {
  const open = () => act.openThread(item.threadTs);
  return element('button', { type: 'button', className: 'link', onclick: open }, '↳ replied to a thread');
}

function drawReplies(item, act) {
  const open = () => act.openThread(item.ts);
  const label = item.replies === 1 ? '1 reply' : `${item.replies} replies`;
  return element(
    'button',
    { type: 'button', className: 'replies', 'data-key': 'replies', onclick: open },
    label,
  );
}
