import { composer } from './composer.js';
import { drawAvatar, drawMessage } from './draw-message.js';
import { element } from './element.js';

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
const react = (ts, name) => send('/_page/react', { user: state.me, channel: state.channel, ts, name });

function namesIn({ people, channels, groups }) {
  const nameOf = (list, id) => list.find((each) => each.id === id)?.name ?? id;
  return {
    user: (id) => nameOf(people, id),
    channel: (id) => nameOf(channels, id),
    group: (id) => nameOf(groups, id),
    tag: (id) => people.find((each) => each.id === id)?.tag ?? null,
  };
}

function drawSide() {
  byId('team').textContent = state.team;
  const playable = state.people.filter((each) => each.tag !== 'app' && each.tag !== 'deactivated');
  byId('people').replaceChildren(
    ...playable.map((each) =>
      element(
        'button',
        { type: 'button', ariaPressed: String(each.id === state.me), onclick: () => go({ user: each.name }) },
        drawAvatar(each.name, false),
        each.name,
        each.tag === null ? null : element('small', {}, ` ${each.tag}`),
      ),
    ),
  );
  byId('channels').replaceChildren(
    ...state.channels.map((each) =>
      element(
        'button',
        {
          type: 'button',
          ariaPressed: String(each.id === state.channel),
          onclick: () => go({ channel: each.id, thread: null }),
        },
        element('span', { className: 'sign', ariaHidden: 'true' }, signOf(each)),
        each.name,
      ),
    ),
  );
}

const signOf = (channel) => ({ public: '#', private: '🔒', im: '●' })[channel.kind];

function drawChannel(names) {
  const channel = state.channels.find((each) => each.id === state.channel);
  byId('title').textContent = `${channel.kind === 'im' ? '' : signOf(channel)} ${channel.name}`;
  const about = [
    channel.isShared ? 'shared with another workspace' : '',
    channel.hasBot ? '' : `${names.user(state.bot)} is not a member here`,
  ];
  byId('about').textContent = about.filter((each) => each !== '').join(' · ');
  byId('line').placeholder = `Message ${channel.name}`;
  const items = state.items.map((item) =>
    drawMessage(item, names, state.me, { react, openThread, isInThread: false }),
  );
  fill(byId('items'), items.length > 0 ? items : [drawEmpty()]);
}

const openThread = (ts) => go({ thread: ts });

function drawEmpty() {
  const pick = (example) => () => {
    byId('line').value = example;
    byId('line').focus();
  };
  return element(
    'li',
    { className: 'empty' },
    element('p', {}, 'Nothing here yet. Tap one of these, then Send:'),
    examples.map((each) =>
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
  const all = [root, ...(state.threads[ts] ?? [])];
  const act = { react, openThread, isInThread: true };
  fill(
    byId('replies'),
    all.map((item) => drawMessage(item, names, state.me, act)),
  );
}

/** Lists in which someone has scrolled up to read: those stay where they are. */
const readingBack = new Set();
for (const list of [byId('items'), byId('replies')])
  list.onscroll = () => {
    if (list.scrollTop < newestAt(list) - 60) readingBack.add(list);
    else readingBack.delete(list);
  };

function fill(list, items) {
  const held = list.contains(document.activeElement) ? document.activeElement.closest('li').id : null;
  list.replaceChildren(...items);
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
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
  drawSide();
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
