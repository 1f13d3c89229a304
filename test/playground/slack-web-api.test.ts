import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogLevel, WebClient } from '@slack/web-api';
import { type ManualClock, manualClock } from '../../playground/clock.ts';
import { type LocalSlack, startSlack } from '../../playground/slack/start.ts';
import { defaultWorkspace } from '../../playground/slack/workspace/default-workspace.ts';

const manifest = JSON.parse(readFileSync('manifest.json', 'utf8'));
const OPS = 'C0MESOSOPS';
const MARA = 'U0MARA0001';

let clock: ManualClock;
let slack: LocalSlack;
let web: WebClient;

function client(token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2000,
    logLevel: LogLevel.ERROR,
    logger: quiet,
  });
}

const nothing = () => {};
const quiet = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

/** Slack's error code for a call that it answers with `ok: false`. */
async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Error && 'data' in error ? (error.data as { error: unknown }).error : error;
}

beforeEach(async () => {
  clock = manualClock();
  slack = await startSlack({ clock, manifest });
  web = client(slack.botToken);
});

afterEach(() => slack.stop());

async function post(text: string, more: Record<string, unknown> = {}): Promise<string> {
  const { ts } = await web.chat.postMessage({ channel: OPS, text, ...more });
  return ts ?? '';
}

describe('tokens and scopes', () => {
  it('tells the bot who it is', async () => {
    expect(await web.auth.test()).toMatchObject({
      user_id: slack.botUserId,
      bot_id: slack.botId,
      team_id: slack.teamId,
    });
  });

  it.each([
    ['xoxb-of-somebody-else', 'invalid_auth'],
    ['', 'not_authed'],
  ])('refuses the token "%s"', async (token, error) => {
    const response = await fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toEqual({ ok: false, error });
  });

  it('opens connections for the app token only', async () => {
    expect(await codeOf(web.apps.connections.open())).toBe('not_allowed_token_type');
    const { url } = await client(slack.appToken).apps.connections.open();
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=.+/);
  });

  it('answers missing_scope with what the manifest lacks', async () => {
    const ts = await post('no reactions yet');
    slack.model.app.scopes.delete('reactions:read');
    const error: unknown = await web.reactions
      .get({ channel: OPS, timestamp: ts, full: true })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({
      data: {
        error: 'missing_scope',
        needed: 'reactions:read',
        provided: expect.stringContaining('chat:write'),
      },
    });
  });

  it('reads a JSON body as it reads a form', async () => {
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slack.botToken}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: OPS, text: 'from JSON', blocks: [{ type: 'divider' }] }),
    });
    expect(await response.json()).toMatchObject({
      ok: true,
      message: { text: 'from JSON', blocks: [{ type: 'divider' }] },
    });
  });

  it('does not know a method it does not have', async () => {
    expect(await codeOf(web.apiCall('chat.shout'))).toBe('unknown_method');
  });
});

describe('posting', () => {
  it.each([
    ['C0RANDOM01', 'not_in_channel'],
    ['C0SECRET01', 'channel_not_found'],
    ['D0MARADEV1', 'channel_not_found'],
    ['C0NOWHERE1', 'channel_not_found'],
  ])('in %s says %s where the bot is no member', async (channel, error) => {
    expect(await codeOf(web.chat.postMessage({ channel, text: 'hello' }))).toBe(error);
  });

  it('says is_archived in an archived channel', async () => {
    const channel = slack.model.workspace.channels.get(OPS);
    if (channel !== undefined) channel.isArchived = true;
    expect(await codeOf(post('hello'))).toBe('is_archived');
  });

  it('cuts a text of more than 40,000 characters and warns', async () => {
    const answer = await web.chat.postMessage({ channel: OPS, text: 'x'.repeat(40_001) });
    expect(answer.message?.text).toHaveLength(40_000);
    expect(answer.response_metadata?.warnings).toEqual(['message_truncated']);
  });

  it('refuses blocks with what is wrong in them', async () => {
    const error: unknown = await post('card', { blocks: [{ type: 'header' }] }).catch((e: unknown) => e);
    const messages = ['[ERROR] missing required field: text [json-pointer:/blocks/0]'];
    expect(error).toMatchObject({ data: { error: 'invalid_blocks', response_metadata: { messages } } });
    expect(await codeOf(post('card', { blocks: '{"type":"divider"}' }))).toBe('invalid_blocks_format');
  });

  it('wants a text or blocks', async () => {
    expect(await codeOf(post(''))).toBe('no_text');
  });

  it.each([
    ['not a thing', { event_type: '', event_payload: {} }, 'invalid_metadata_schema'],
    ['too large', { event_type: 'x', event_payload: { a: 'x'.repeat(8000) } }, 'metadata_too_large'],
  ])('refuses metadata that is %s', async (_what, metadata, error) => {
    expect(await codeOf(post('hello', { metadata }))).toBe(error);
  });

  it('answers under a root only', async () => {
    const root = await post('root');
    const reply = await post('reply', { thread_ts: root });
    expect(await codeOf(post('reply to a reply', { thread_ts: reply }))).toBe('cannot_reply_to_message');
    expect(await codeOf(post('reply to nothing', { thread_ts: '1.000001' }))).toBe('thread_not_found');
  });

  it('whispers to an active member of the channel only', async () => {
    await web.chat.postEphemeral({ channel: OPS, user: MARA, text: 'psst' });
    expect(slack.model.messages.ephemerals(OPS, MARA)).toMatchObject([
      { text: 'psst', user: slack.botUserId },
    ]);
    expect(slack.model.messages.inChannel(OPS)).toEqual([]);
    const to = (user: string) => codeOf(web.chat.postEphemeral({ channel: OPS, user, text: 'psst' }));
    expect(await to('U0PARTNER1')).toBe('user_not_in_channel');
    expect(await to('U0GONE0001')).toBe('user_not_found');
  });
});

describe('editing', () => {
  const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'a card' } }];

  it('takes the blocks away with text alone, and keeps the metadata', async () => {
    const ts = await post('card', { blocks, metadata: { event_type: 'card', event_payload: { id: 'n1' } } });
    await web.chat.update({ channel: OPS, ts, text: 'card again' });
    expect(slack.model.messages.find(OPS, ts)).toMatchObject({
      text: 'card again',
      blocks: null,
      metadata: { event_type: 'card', event_payload: { id: 'n1' } },
    });
  });

  it('marks an edited text as edited, an edited card not', async () => {
    const ts = await post('card', { blocks });
    await web.chat.update({ channel: OPS, ts, text: 'card', blocks });
    expect(slack.model.messages.find(OPS, ts)?.editedTs).toBeNull();
    await web.chat.update({ channel: OPS, ts, text: 'words' });
    expect(slack.model.messages.find(OPS, ts)?.editedTs).not.toBeNull();
  });

  it('refuses other people’s messages, unknown ones, and more than 4,000 characters', async () => {
    const hers = await slack.say('mara', '#mesos-ops', 'mine');
    const ours = await post('ours');
    const update = (ts: string, text: string) => codeOf(web.chat.update({ channel: OPS, ts, text }));
    expect(await update(hers, 'no')).toBe('cant_update_message');
    expect(await update('1.000001', 'no')).toBe('message_not_found');
    expect(await update(ours, 'x'.repeat(4001))).toBe('msg_too_long');
    expect(await update(ours, 'x'.repeat(4000))).toBeNull();
  });
});

describe('reading', () => {
  it('shows a thread: root first, broadcast replies in the channel too, metadata on request', async () => {
    const root = await post('root', { metadata: { event_type: 'root', event_payload: { n: 1 } } });
    const one = await post('one', { thread_ts: root });
    const two = await post('two', { thread_ts: root, reply_broadcast: true });
    const thread = await web.conversations.replies({ channel: OPS, ts: root, include_all_metadata: true });
    expect(thread.messages?.map((each) => each.ts)).toEqual([root, one, two]);
    expect(thread.messages?.[0]).toMatchObject({ reply_count: 2, metadata: { event_payload: { n: 1 } } });
    const history = await web.conversations.history({ channel: OPS });
    expect(history.messages?.map((each) => each.text)).toEqual(['two', 'root']);
    expect(history.messages?.[1]).not.toHaveProperty('metadata');
  });

  it('pages, and keeps to oldest and latest, their own moments only when inclusive', async () => {
    const said: string[] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      said.push(await post(text));
      clock.advance(1000);
    }
    const [, b, , d] = said;
    const texts = async (more: Record<string, unknown>) =>
      (await web.conversations.history({ channel: OPS, ...more })).messages?.map((each) => each.text);
    expect(await texts({ oldest: b, latest: d })).toEqual(['c']);
    expect(await texts({ oldest: b, latest: d, inclusive: true })).toEqual(['d', 'c', 'b']);
    const first = await web.conversations.history({ channel: OPS, limit: 3 });
    expect(first).toMatchObject({ has_more: true });
    expect(await texts({ limit: 3, cursor: first.response_metadata?.next_cursor })).toEqual(['a']);
  });

  it('reads history only where the bot is a member', async () => {
    expect(await codeOf(web.conversations.history({ channel: 'C0RANDOM01' }))).toBe('not_in_channel');
    expect(await codeOf(web.conversations.replies({ channel: OPS, ts: '1.000001' }))).toBe(
      'thread_not_found',
    );
  });

  it.each([
    ['C0MESOSOPS', { is_member: true, is_ext_shared: false, is_private: false, is_im: false }],
    ['C0RANDOM01', { is_member: false, is_ext_shared: false, is_private: false, is_im: false }],
    ['C0SHARED01', { is_member: true, is_ext_shared: true, is_private: false, is_im: false }],
    ['C0PRIVATE1', { is_member: true, is_ext_shared: false, is_private: true, is_im: false }],
  ])('describes %s', async (channel, expected) => {
    expect((await web.conversations.info({ channel })).channel).toMatchObject(expected);
  });

  it('needs a scope of its own for direct messages, and hides other people’s', async () => {
    expect(await codeOf(web.conversations.info({ channel: 'D0MARABOT1' }))).toBe('missing_scope');
    expect(await codeOf(web.conversations.info({ channel: 'D0MARADEV1' }))).toBe('channel_not_found');
  });

  it('lists members of a channel and of a user group', async () => {
    expect((await web.conversations.members({ channel: 'C0PRIVATE1' })).members).toEqual([
      slack.botUserId,
      MARA,
      'U0DEV00001',
    ]);
    expect((await web.usergroups.users.list({ usergroup: 'S0OPERATOR' })).users).toEqual([
      MARA,
      'U0DEV00001',
      'U0INES0001',
    ]);
    expect(await codeOf(web.usergroups.users.list({ usergroup: 'S0NOBODY01' }))).toBe('no_such_subteam');
  });

  it.each([
    [MARA, { deleted: false, is_bot: false, is_restricted: false, team_id: 'T0LOCAL001' }],
    ['U0GUEST001', { is_restricted: true }],
    ['U0GONE0001', { deleted: true }],
    ['U0CIBOT001', { is_bot: true }],
    ['U0PARTNER1', { team_id: 'T0PARTNER1', is_stranger: false }],
  ])('describes the account %s', async (user, expected) => {
    expect((await web.users.info({ user })).user).toMatchObject(expected);
  });

  it('links to a message of its own channel', async () => {
    const ts = await post('here');
    const { permalink } = await web.chat.getPermalink({ channel: OPS, message_ts: ts });
    expect(permalink).toBe(`${slack.pageUrl}archives/${OPS}/p${ts.replace('.', '')}`);
  });
});

describe('what changes while the app runs', () => {
  it.each([true, false])('is told: whether a channel is shared with outsiders (%s)', async (isShared) => {
    const channel = isShared ? OPS : 'C0SHARED01';
    expect((await web.conversations.info({ channel })).channel?.is_ext_shared).toBe(!isShared);
    const found = slack.model.workspace.channels.get(channel);
    if (found !== undefined) found.isExtShared = isShared;
    expect((await web.conversations.info({ channel })).channel?.is_ext_shared).toBe(isShared);
  });

  it('is told: who is in a user group, and that it was disabled', async () => {
    const group = slack.model.workspace.groups.get('S0APPROVER');
    if (group === undefined) throw new Error('no group');
    group.users = ['U0SAM00001'];
    const list = () => web.usergroups.users.list({ usergroup: group.id });
    expect((await list()).users).toEqual(['U0SAM00001']);
    group.isDisabled = true;
    expect(await codeOf(list())).toBe('no_such_subteam');
  });

  it('is told: that an account was deactivated, became a guest, or moved', async () => {
    const dev = slack.model.workspace.users.get('U0DEV00001');
    if (dev === undefined) throw new Error('no dev');
    const told = async () => (await web.users.info({ user: dev.id })).user;
    dev.isRestricted = true;
    expect(await told()).toMatchObject({ is_restricted: true });
    dev.teamId = 'T0PARTNER1';
    expect(await told()).toMatchObject({ team_id: 'T0PARTNER1' });
    dev.isDeleted = true;
    expect(await told()).toMatchObject({ deleted: true });
    await expect(slack.say('dev', OPS, 'still here')).rejects.toThrow('deactivated');
  });

  it('is told: that a message was deleted, by each method that is asked about it', async () => {
    slack.model.app.scopes.add('reactions:read');
    const ts = await post('vote');
    const reply = await post('reply', { thread_ts: ts });
    await slack.react('mara', OPS, ts, 'x');
    await slack.deleteMessage('ines', OPS, ts);
    const codes = [
      web.reactions.get({ channel: OPS, timestamp: ts, full: true }),
      web.chat.update({ channel: OPS, ts, text: 'settled' }),
      web.chat.getPermalink({ channel: OPS, message_ts: ts }),
    ].map(codeOf);
    expect(await Promise.all(codes)).toEqual(Array(3).fill('message_not_found'));
    await expect(slack.react('mara', OPS, ts, 'eyes')).rejects.toThrow('no message');
    expect(slack.model.messages.inChannel(OPS).map((each) => each.ts)).toEqual([reply]);
  });
});

describe('an enterprise', () => {
  it('gives one human the same ID behind accounts in two workspaces', async () => {
    const team = { ...defaultWorkspace.team, enterpriseId: 'E0LOCAL001' };
    const own = { id: 'U0ONE00001', name: 'one', enterpriseUserId: 'W0ONE00001' };
    const other = { ...own, id: 'U0TWO00001', name: 'two', teamId: 'T0SISTER01' };
    await slack.stop();
    slack = await startSlack({ clock, manifest, spec: { ...defaultWorkspace, team, users: [own, other] } });
    web = client(slack.botToken);
    for (const { id, teamId = 'T0LOCAL001' } of [{ ...own, teamId: 'T0LOCAL001' }, other]) {
      expect((await web.users.info({ user: id })).user).toMatchObject({
        team_id: teamId,
        enterprise_user: { id: 'W0ONE00001', enterprise_id: 'E0LOCAL001' },
      });
    }
    expect(await web.auth.test()).toMatchObject({ enterprise_id: 'E0LOCAL001' });
  });
});

describe('reactions', () => {
  it('are all shown with full, and counted right without', async () => {
    slack.model.app.scopes.add('reactions:read');
    const ts = await post('vote');
    for (const user of ['mara', 'dev', 'sam']) await slack.react(user, 'mesos-ops', ts, 'eyes');
    const read = async (full: boolean) =>
      (await web.reactions.get({ channel: OPS, timestamp: ts, full })).message?.reactions?.[0];
    expect(await read(true)).toMatchObject({
      name: 'eyes',
      count: 3,
      users: [MARA, 'U0DEV00001', 'U0SAM00001'],
    });
    expect(await read(false)).toMatchObject({ count: 3, users: [MARA, 'U0DEV00001'] });
  });

  it('do not stick to what only one person sees', async () => {
    const { message_ts } = await web.chat.postEphemeral({ channel: OPS, user: MARA, text: 'psst' });
    await expect(slack.react('mara', 'mesos-ops', message_ts ?? '', 'eyes')).rejects.toThrow('no message');
  });
});
