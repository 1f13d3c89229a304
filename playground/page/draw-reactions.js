import { element } from './element.js';
import { drawEmoji } from './emoji.js';

/** What can be reacted with at one touch: the votes first. */
const offered = ['white_check_mark', 'x', 'octagonal_sign', 'no_entry', '+1', 'eyes'];

const listed = (users, names) =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(users.map((each) => names.user(each)));

/** A message's reactions as chips. Who reacted appears with the mouse or the keyboard, and in full below for fingers. */
export function drawReactions(item, names, me, act) {
  if (item.reactions.length === 0) return null;
  const chips = item.reactions.map(({ name, users }) => {
    const isMine = users.includes(me);
    const who = listed(users, names);
    return element(
      'button',
      {
        type: 'button',
        className: isMine ? 'chip mine' : 'chip',
        'data-key': `chip ${name}`,
        ariaLabel: `${name}, ${users.length}: ${who}`,
        ariaPressed: String(isMine),
        onclick: () => act.react(item.ts, name),
      },
      element('span', { ariaHidden: 'true' }, `${drawEmoji(name)} ${users.length}`),
      element('span', { className: 'tip', ariaHidden: 'true' }, `${who} reacted with :${name}:`),
    );
  });
  const inFull = item.reactions.map(({ name, users }) => `${drawEmoji(name)} ${listed(users, names)}`);
  return [
    element('div', { className: 'reactions', role: 'group', ariaLabel: 'Reactions' }, chips),
    element('p', { className: 'reacted', ariaHidden: 'true' }, inFull.join(' · ')),
  ];
}

/** The reactions on offer: shown with the mouse or the keyboard, always where there is no mouse. */
export function drawPicker(item, me, act) {
  const choices = offered.map((name) => {
    const standing = item.reactions.find((each) => each.name === name);
    const isMine = standing?.users.includes(me) ?? false;
    return element(
      'button',
      {
        type: 'button',
        className: standing === undefined ? '' : 'is-chip',
        'data-key': `pick ${name}`,
        title: `:${name}:`,
        ariaLabel: isMine ? `Take ${name} back` : `React with ${name}`,
        ariaPressed: String(isMine),
        onclick: () => act.react(item.ts, name),
      },
      element('span', { ariaHidden: 'true' }, drawEmoji(name)),
    );
  });
  const reply = () => act.openThread(item.threadTs ?? item.ts);
  return element(
    'div',
    { className: 'picker', role: 'group', ariaLabel: 'React' },
    choices,
    act.isInThread
      ? null
      : element(
          'button',
          {
            type: 'button',
            'data-key': 'reply',
            title: 'Reply in thread',
            ariaLabel: 'Reply in thread',
            onclick: reply,
          },
          element('span', { ariaHidden: 'true' }, '💬'),
        ),
  );
}
