import { composer } from './composer.js';
import { drawMessage } from './draw-message.js';
import { drawAvatar, drawRoles } from './draw-person.js';
import { drawScript } from './draw-script.js';
import { drawSide, signOf } from './draw-side.js';
import { element } from './element.js';
import { keepList } from './keyed-list.js';

const byId = (id) => document.getElementById(id);
const examples = [
  '/mesos help',
  '/mesos agents',
  '/mesos preview agent3',
  '/mesos drain agent3 --max-grace-period 10m --reason "kernel upgrade"',
];

/** What the address says after #: user, channel and the open thread. */
const wanted = () => new URLSearchParams(location.hash.slice(1));
let state = null;
/** Threads that opened by themselves once don't do so again after they were closed. */
const opened = new Set();

function go(change) {
  const next = wanted();
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  location.hash = next.toString();
}

async function send(path, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  tell(answer.ok ? null : (await answer.json()).error);
}

function tell(trouble) {
  byId('trouble').hidden = trouble === null;
  byId('trouble').textContent = trouble ?? '';
}

function say(text, threadTs) {
  readingBack.clear();
  return send('/_page/type', { user: state.me, channel: state.channel, text, threadTs });
}
const press = (ts, actionId) =>
  send('/_page/click', { user: state.me, channel: state.channel, ts, actionId });
const react = (ts, name) => send('/_page/react', { user: state.me, channel: state.channel, ts, name });

function namesIn({ people, channels, groups }) {
  const nameOf = (list, id) => list.find((each) => each.id === id)?.name ?? id;
  return {
    user: (id) => nameOf(people, id),
    channel: (id) => nameOf(channels, id),
    group: (id) => nameOf(groups, id),
    person: (id) => people.find((each) => each.id === id) ?? null,
  };
}

function drawChannel(names) {
  const channel = state.channels.find((each) => each.id === state.channel);
  byId('title').textContent = `${channel.kind === 'im' ? '' : signOf(channel)} ${channel.name}`;
  const about = [
    channel.isShared ? 'shared with another workspace' : '',
    channel.hasBot ? '' : `${names.user(state.bot)} is not a member here`,
  ];
  byId('about').textContent = about.filter((each) => each !== '').join(' · ');
  drawMe(names.person(state.me), channel);
  fill(byId('items'), 'm', state.items, { names, isInThread: false });
  byId('empty').hidden = state.items.length > 0;
}

/** Whom one plays, wherever one can act. */
function drawMe(me, channel) {
  byId('me').replaceChildren(
    element(
      'span',
      {},
      element('span', { className: 'hint' }, 'You are '),
      drawAvatar(me.name, false),
      element('strong', {}, me.name),
      drawRoles(me),
    ),
  );
  byId('line').placeholder = `Message ${channel.name} as ${me.name}`;
  byId('reply-line').placeholder = `Reply as ${me.name}…`;
}

const openThread = (ts) => go({ thread: ts });

function drawExamples() {
  const pick = (example) => () => {
    byId('line').value = example;
    byId('line').focus();
  };
  byId('empty').append(
    ...examples.map((each) =>
      element('button', { type: 'button', className: 'example', onclick: pick(each) }, each),
    ),
  );
}

function drawThread(names) {
  const ts = wanted().get('thread');
  const root = state.items.find((each) => each.ts === ts && !each.isOnlyForMe);
  byId('thread').hidden = root === undefined;
  document.body.classList.toggle('has-thread', root !== undefined);
  if (root === undefined) return;
  opened.add(ts);
  fill(byId('replies'), 't', [root, ...(state.threads[ts] ?? [])], { names, isInThread: true });
}

/** Lists in which someone has scrolled up to read: those stay where they are. */
const readingBack = new Set();
for (const list of [byId('items'), byId('replies')])
  list.onscroll = () => {
    if (list.scrollTop < newestAt(list) - 60) readingBack.add(list);
    else readingBack.delete(list);
  };

function fill(list, prefix, items, { names, isInThread }) {
  const act = { react, press, openThread, isInThread };
  const context = [state.me, state.people];
  const draw = (item) => drawMessage(item, names, state.me, act);
  keepList(list, items, ({ ts }) => `${prefix}${ts}`, context, draw);
  if (!readingBack.has(list)) list.scrollTop = newestAt(list);
}

/** Where the newest is in sight: its end, or its beginning where all of it has no room. */
function newestAt(list) {
  const newest = list.lastElementChild;
  const end = list.scrollHeight - list.clientHeight;
  return newest === null ? end : Math.min(end, newest.offsetTop - list.offsetTop - 8);
}

/** On a wide screen the newest thread comes up by itself, once. */
function openNewest() {
  if (wanted().has('thread') || innerWidth < 900) return;
  const newest = state.items.findLast((each) => each.replies > 0 && each.isApp);
  if (newest !== undefined && !opened.has(newest.ts)) openThread(newest.ts);
}

function draw() {
  const names = namesIn(state);
  drawSide(state, go);
  drawScript(state.script, () => send('/_page/play', {}));
  // The thread first: it takes room from the channel.
  drawThread(names);
  drawChannel(names);
  openNewest();
}

let isAsking = false;
let isStale = false;

/** Fetches what the chosen person sees; changes that come meanwhile cause one more round. */
async function refresh() {
  isStale = true;
  if (isAsking) return;
  isAsking = true;
  while (isStale) {
    isStale = false;
    const query = new URLSearchParams();
    for (const name of ['user', 'channel']) if (wanted().has(name)) query.set(name, wanted().get(name));
    const answer = await fetch(`/_page/state?${query}`).catch(() => null);
    const body = await answer?.json();
    if (answer?.ok) {
      state = body;
      draw();
    } else if (body) tell(body.error);
  }
  isAsking = false;
}

drawExamples();
composer(byId('compose'), byId('line'), (text) => say(text, null));
composer(byId('reply'), byId('reply-line'), (text) => say(text, wanted().get('thread')));
byId('close').onclick = () => go({ thread: null });
addEventListener('hashchange', () => {
  readingBack.clear();
  void refresh();
});
const changes = new EventSource('/_page/changes');
changes.onmessage = () => {
  tell(null);
  void refresh();
};
changes.onerror = () => tell('The local Slack does not answer. Is the playground still running?');
