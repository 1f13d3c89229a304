import { drawBlocks } from './draw-blocks.js';
import { drawEmoji, drawMrkdwn } from './draw-text.js';
import { element } from './element.js';

const offered = ['white_check_mark', 'x', 'eyes', '+1', 'octagonal_sign', 'no_entry'];

/** A square with a letter, coloured by name: the same for a person everywhere. */
export function drawAvatar(name, isApp) {
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
  const avatar = element('span', { className: isApp ? 'avatar app' : 'avatar', ariaHidden: 'true' });
  avatar.textContent = name.slice(0, 1).toUpperCase();
  if (!isApp) avatar.style.background = `hsl(${hue} 45% 42%)`;
  return avatar;
}

/** One message as a list item. `act` has what clicking does: react(ts, name) and openThread(ts). */
export function drawMessage(item, names, me, act) {
  const author = names.user(item.user);
  const isApp = item.isApp || item.user === 'USLACKBOT';
  const at = new Date(Number(item.ts.split('.')[0]) * 1000);
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return element(
    'li',
    {
      className: item.isOnlyForMe ? 'message only-me' : 'message',
      id: `${act.isInThread ? 't' : 'm'}${item.ts}`,
      tabIndex: -1,
    },
    drawAvatar(author, isApp),
    element(
      'div',
      { className: 'grow' },
      item.isOnlyForMe ? element('p', { className: 'only' }, '👁 Only visible to you') : null,
      item.isBroadcast && !act.isInThread ? drawBroadcast(item, act) : null,
      element(
        'p',
        { className: 'who' },
        element('strong', {}, author),
        isApp ? element('span', { className: 'tag' }, 'APP') : null,
        names.tag(item.user) === null || isApp
          ? null
          : element('span', { className: 'tag' }, names.tag(item.user)),
        element('time', { dateTime: at.toISOString(), title: at.toString() }, time),
      ),
      drawBody(item, names),
      drawReactions(item, names, me, act),
      item.replies > 0 && !act.isInThread ? drawReplies(item, act) : null,
      item.isOnlyForMe ? null : drawPicker(item, act),
    ),
  );
}

function drawBody(item, names) {
  const edited = item.isEdited ? element('small', { className: 'edited' }, ' (edited)') : null;
  if (item.blocks === null) return element('p', { className: 'text' }, drawMrkdwn(item.text, names), edited);
  return element('div', { className: 'blocks' }, drawBlocks(item.blocks, names));
}

function drawBroadcast(item, act) {
  const open = () => act.openThread(item.threadTs);
  return element('button', { type: 'button', className: 'link', onclick: open }, '↳ replied to a thread');
}

function drawReplies(item, act) {
  const open = () => act.openThread(item.ts);
  const label = item.replies === 1 ? '1 reply' : `${item.replies} replies`;
  return element('button', { type: 'button', className: 'replies', onclick: open }, label);
}

function drawReactions(item, names, me, act) {
  if (item.reactions.length === 0) return null;
  const chips = item.reactions.map((reaction) => {
    const isMine = reaction.users.includes(me);
    const who = `${reaction.users.map(names.user).join(', ')} reacted with :${reaction.name}:`;
    return element(
      'button',
      {
        type: 'button',
        className: isMine ? 'chip mine' : 'chip',
        title: who,
        ariaLabel: who,
        ariaPressed: String(isMine),
        onclick: () => act.react(item.ts, reaction.name),
      },
      `${drawEmoji(reaction.name)} ${reaction.users.length}`,
    );
  });
  return element('div', { className: 'reactions' }, chips);
}

/** The reactions on offer; opens with the mouse, the keyboard or a tap. */
function drawPicker(item, act) {
  const choices = offered.map((name) => {
    const react = () => act.react(item.ts, name);
    return element(
      'button',
      { type: 'button', title: `:${name}:`, ariaLabel: name, onclick: react },
      drawEmoji(name),
    );
  });
  const reply = () => act.openThread(item.threadTs ?? item.ts);
  return element(
    'div',
    { className: 'picker' },
    choices,
    act.isInThread
      ? null
      : element('button', { type: 'button', title: 'Reply in thread', onclick: reply }, '💬'),
  );
}
