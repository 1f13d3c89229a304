import { element } from './element.js';
import { withEmoji } from './emoji.js';

const decode = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** plain_text: emoji and line breaks only. */
export function drawPlain(text) {
  return [withEmoji(decode(text))];
}

// Code first, so that nothing inside it is taken for something else.
const marks = [
  { at: /```\n?([\s\S]+?)\n?```\n?/, draw: (found) => element('pre', {}, decode(found[1])) },
  { at: /`([^`\n]+)`/, draw: (found) => element('code', {}, decode(found[1])) },
  { at: /<([^<>\n]+)>/, draw: (found, names) => drawReference(found[1], names) },
  {
    at: /(?:^|\n)&gt; ?([^\n]*(?:\n&gt; ?[^\n]*)*)\n?/,
    draw: (found, names) => element('blockquote', {}, drawMrkdwn(found[1].replace(/\n&gt; ?/g, '\n'), names)),
  },
  {
    at: /(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/,
    draw: (found, names) => styled('strong', found, names),
  },
  { at: /(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])/, draw: (found, names) => styled('em', found, names) },
  { at: /(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/, draw: (found, names) => styled('s', found, names) },
];

const styled = (tag, found, names) => element(tag, {}, drawMrkdwn(found[1], names));

/** mrkdwn as nodes and strings. `names` turns IDs into names. */
export function drawMrkdwn(text, names) {
  let first = null;
  for (const mark of marks) {
    const found = mark.at.exec(text);
    if (found !== null && (first === null || found.index < first.found.index)) first = { mark, found };
  }
  if (first === null) return [withEmoji(decode(text))];
  const { mark, found } = first;
  return [
    withEmoji(decode(text.slice(0, found.index))),
    mark.draw(found, names),
    ...drawMrkdwn(text.slice(found.index + found[0].length), names),
  ];
}

const mention = (text) => element('span', { className: 'mention' }, text);

/** What stands between < and >: a mention, a date, a link. */
function drawReference(inside, names) {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@')) return mention(`@${names.user(target.slice(1))}`);
  if (target.startsWith('#')) return mention(`#${names.channel(target.slice(1))}`);
  if (target.startsWith('!subteam^')) return mention(`@${names.group(target.slice('!subteam^'.length))}`);
  if (target.startsWith('!date^')) return drawDate(target, label);
  if (target.startsWith('!')) return mention(`@${target.slice(1)}`);
  return drawLink(decode(target), label === undefined ? decode(target) : withEmoji(decode(label)));
}

/** A link out, only where a browser can safely follow it. */
export function drawLink(url, label) {
  if (!/^(https?|mailto):/i.test(url)) return element('span', {}, label);
  return element('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}

const twoDigits = { hour: '2-digit', minute: '2-digit' };

/** <!date^SECONDS^FORMAT|FALLBACK>, in the time zone of whoever looks. */
function drawDate(target, fallback = '') {
  const [, seconds, format = ''] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  const day = (options) => at.toLocaleDateString([], options);
  const parts = {
    date_num: () => at.toISOString().slice(0, 10),
    date: () => day({ year: 'numeric', month: 'long', day: 'numeric' }),
    date_short: () => day({ year: 'numeric', month: 'short', day: 'numeric' }),
    date_long: () => day({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
    time: () => at.toLocaleTimeString([], twoDigits),
    time_secs: () => at.toLocaleTimeString([], { ...twoDigits, second: '2-digit' }),
  };
  const text = format.replace(
    /\{(\w+?)(_pretty)?\}/g,
    (all, name, pretty) => (pretty && nearDay(at)) || (parts[name]?.() ?? all),
  );
  return element('time', { dateTime: at.toISOString(), title: decode(fallback) }, text);
}

/** `today`, `yesterday` or `tomorrow`, else null. */
function nearDay(at) {
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const days = Math.round((midnight(at) - midnight(new Date())) / 86_400_000);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days] ?? null;
}
