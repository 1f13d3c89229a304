import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../playground/clock.ts';
import { type LocalSlack, startSlack } from '../../playground/slack/start.ts';

const manifest = JSON.parse(readFileSync('manifest.json', 'utf8'));
const OPS = 'C0MESOSOPS';

let slack: LocalSlack;

beforeEach(async () => {
  slack = await startSlack({ clock: manualClock(), manifest });
});

afterEach(() => slack.stop());

interface State {
  me: string;
  people: { name: string; tag: string | null; groups: string[] }[];
  channel: string;
  channels: { id: string }[];
  items: { ts: string; text: string; isOnlyForMe: boolean; reactions: unknown[] }[];
  threads: Record<string, { text: string }[]>;
}

async function state(user: string, channel = 'mesos-ops'): Promise<State> {
  const answer = await fetch(`${slack.pageUrl}_page/state?${new URLSearchParams({ user, channel })}`);
  return (await answer.json()) as State;
}

function send(path: string, body: unknown, contentType = 'application/json'): Promise<Response> {
  const headers = { 'content-type': contentType };
  return fetch(`${slack.pageUrl}_page/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('what a person sees', () => {
  it('holds ephemeral messages for that person only, in order with the others', async () => {
    await slack.say('dev', OPS, 'first');
    await slack.type('mara', OPS, '/mesos help');
    await slack.say('dev', OPS, 'last');
    const failed = '/mesos failed with the error "dispatch_failed"';
    expect((await state('mara')).items.map((each) => each.text)).toEqual(['first', failed, 'last']);
    expect((await state('dev')).items.map((each) => each.text)).toEqual(['first', 'last']);
  });

  it('holds threads apart from the channel', async () => {
    const root = await slack.say('dev', OPS, 'root');
    await slack.say('mara', OPS, 'reply', root);
    const { items, threads } = await state('sam');
    expect(items.map((each) => each.text)).toEqual(['root']);
    expect(threads[root]?.map((each) => each.text)).toEqual(['reply']);
  });

  it('holds the channels they are in, and another one when they ask for a channel they are not in', async () => {
    const sam = await state('sam', 'sre-private');
    expect(sam.channels.map((each) => each.id)).toEqual([OPS, 'C0RANDOM01']);
    expect(sam.channel).toBe(OPS);
  });
});

describe('who is who', () => {
  const both = ['mesos-operators', 'mesos-approvers'];
  const all = [...both, 'mesos-leads'];

  it.each([
    ['mara', null, both],
    ['ines', null, all],
    ['sam', null, []],
    ['guest', 'guest', []],
    ['gone', 'deactivated', []],
    ['partner', 'external', []],
    ['ci', 'app', []],
    ['slackbot', 'app', []],
  ])('%s is tagged %s, and is in the groups %j', async (name, tag, groups) => {
    const { people } = await state('mara');
    expect(people.find((each) => each.name === name)).toMatchObject({ tag, groups });
  });

  it('is as it is now: who left a group is in it no longer', async () => {
    for (const group of slack.model.workspace.groups.values()) group.users = ['U0SAM00001'];
    const { people } = await state('mara');
    expect(people.filter((each) => each.groups.length > 0)).toMatchObject([{ name: 'sam', groups: all }]);
  });
});

describe('what a person does', () => {
  const mara = { user: 'mara', channel: OPS };

  it('is said, with what was typed escaped as Slack does', async () => {
    expect((await send('type', { ...mara, text: 'look @dev: <b>', threadTs: null })).status).toBe(200);
    expect(slack.model.messages.inChannel(OPS)).toMatchObject([{ text: 'look <@U0DEV00001>: &lt;b&gt;' }]);
  });

  it('reacts, and takes the reaction back the second time', async () => {
    const ts = await slack.say('dev', OPS, 'vote');
    const reactions = async () => (await state('mara')).items[0]?.reactions;
    await send('react', { ...mara, ts, name: 'eyes' });
    expect(await reactions()).toEqual([{ name: 'eyes', users: ['U0MARA0001'] }]);
    await send('react', { ...mara, ts, name: 'eyes' });
    expect(await reactions()).toEqual([]);
  });

  it('is told that commands do not work in threads', async () => {
    const root = await slack.say('dev', OPS, 'root');
    await send('type', { ...mara, text: '/mesos status', threadTs: root });
    expect((await state('mara')).threads[root]?.map((each) => each.text)).toEqual([
      '/mesos is not supported in threads. Sorry!',
    ]);
  });

  it('is refused with a reason where they are not a member', async () => {
    const answer = await send('type', { user: 'sam', channel: 'sre-private', text: 'hello', threadTs: null });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: 'sam is not in #sre-private' });
  });

  it('is not done for a form that another web page sends', async () => {
    const answer = await send('type', { ...mara, text: 'hello', threadTs: null }, 'text/plain');
    expect(answer.status).toBe(400);
    expect(slack.model.messages.inChannel(OPS)).toEqual([]);
  });
});

it('shows a message no longer that was deleted', async () => {
  const ts = await slack.say('dev', OPS, 'vote');
  await slack.deleteMessage('mara', OPS, ts);
  expect((await state('mara')).items).toEqual([]);
});

it('tells the page of every change', async () => {
  const answer = await fetch(`${slack.pageUrl}_page/changes`);
  const lines = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await lines?.read())?.value).toBe('data: hello\n\n');
  await slack.say('dev', OPS, 'news');
  expect((await lines?.read())?.value).toBe('data: changed\n\n');
  await lines?.cancel();
});

describe('emoji in a text', () => {
  it.each([
    [':white_check_mark: or :x:', '✅ or ❌'],
    [':octagonal_sign: or :no_entry: stops it', '🛑 or ⛔ stops it'],
    [':+1::hourglass:', '👍⌛'],
    ['12:30:45', '12:30:45'],
    [':no_such_emoji:', ':no_such_emoji:'],
    [':constructor:', ':constructor:'],
  ])('%s is drawn as %s', async (text, drawn) => {
    const { withEmoji } = await import(new URL('../../playground/page/emoji.js', import.meta.url).href);
    expect(withEmoji(text)).toBe(drawn);
  });
});

describe('the page itself', () => {
  const names = readdirSync('playground/page');

  it.each(names.map((name) => [name]))('%s is served, and only to this origin’s rules', async (name) => {
    const answer = await fetch(slack.pageUrl + name);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await answer.text()).toBe(readFileSync(`playground/page/${name}`, 'utf8'));
  });

  it.each(names.map((name) => [name]))('%s parses nothing as HTML and loads nothing from outside', (name) => {
    const source = readFileSync(`playground/page/${name}`, 'utf8');
    expect(source).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|https?:\/\/\w|@import/,
    );
  });

  it.each([['/page.ts'], ['/../slack/start.ts'], ['/nothing.js']])('does not serve %s', async (path) => {
    expect((await fetch(slack.pageUrl + path.slice(1))).status).toBe(404);
  });
});

describe('the scenarios', () => {
  it('are listed, and the one that is set up is played once', async () => {
    let played = 0;
    const stories = [
      { name: 'one', title: 'a story' },
      { name: 'two', title: 'another' },
    ];
    const play = () => {
      played++;
      return Promise.resolve();
    };
    await slack.stop();
    slack = await startSlack({ clock: manualClock(), manifest, script: { stories, ready: 'two', play } });
    expect(await state('mara')).toMatchObject({ script: { stories, ready: 'two', played: 'not yet' } });
    expect((await send('play', {})).status).toBe(200);
    expect((await send('play', {})).status).toBe(400);
    expect(played).toBe(1);
    expect(await state('mara')).toMatchObject({ script: { played: 'over' } });
  });

  it('are none where the page has no script', async () => {
    expect(await state('mara')).toMatchObject({ script: null });
    expect((await send('play', {})).status).toBe(400);
  });
});
