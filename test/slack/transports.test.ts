import { afterEach, describe, expect, it } from '@jest/globals';
import { signatureHeaders } from '../../playground/slack/delivery/sign-request.ts';
import type { Clock } from '../../src/app/ports.ts';
import { systemClock } from '../../src/clock.ts';
import { drainId } from '../../src/domain/ids.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { connected, type Local } from './local.ts';

let local: Local | null = null;
afterEach(async () => {
  await local?.stop();
  local = null;
});

/** Time that passes at once: what is due runs in the next turn. */
function hurriedClock(): Clock {
  const real = systemClock();
  return { now: real.now, after: (_, fn) => real.after(0, fn) };
}

/** Resolves when `is` holds, looked at each turn of the event loop; throws after four seconds. */
async function until(is: () => boolean): Promise<void> {
  const deadline = Date.now() + 4000;
  while (!is()) {
    if (Date.now() > deadline) throw new Error(`never came: ${JSON.stringify(local?.links)}`);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

describe.each(['socket', 'http'] as const)('by %s', (mode) => {
  it('takes a command in once, with all that was typed', async () => {
    local = await connected(mode);
    const typed = await local.slack.type('mara', 'mesos-ops', '/mesos drain agent3 --reason "a & b"');
    expect(typed).toEqual({ acked: true });
    expect(local.taken).toHaveLength(1);
    expect(local.taken[0]).toMatchObject({
      user: 'U0MARA0001',
      userName: 'mara',
      team: 'T0LOCAL001',
      channel: 'C0MESOSOPS',
      text: 'drain agent3 --reason "a &amp; b"',
      receivedAt: expect.any(Number),
      triggerId: expect.stringMatching(/./),
      responseUrl: expect.stringMatching(/^http:/),
    });
  });

  it('shows what takeIn answers, to the typist only', async () => {
    local = await connected(mode, async () => ({ kind: 'closed', drain: drainId(17) }));
    const typed = await local.slack.type('mara', 'mesos-ops', '/mesos close d17 --reason x');
    expect(typed.acked).toBe(true);
    expect(typed.ackText).toContain('Drain d17 is closed.');
    expect(local.slack.model.messages.find('C0MESOSOPS', '1')).toBeNull();
  });

  it('acknowledges only after the command is taken in', async () => {
    const order: string[] = [];
    let commit: () => void = () => {};
    const committed = new Promise<void>((resolve) => {
      commit = resolve;
    });
    local = await connected(mode, async () => {
      await committed;
      order.push('committed');
      return null;
    });
    const typed = local.slack
      .type('mara', 'mesos-ops', '/mesos status')
      .then(() => order.push('acknowledged'));
    await until(() => local?.taken.length === 1);
    commit();
    await typed;
    expect(order).toEqual(['committed', 'acknowledged']);
  });

  it('tells the person when a command could not be taken in, with an incident that is in the log', async () => {
    local = await connected(mode, async () => {
      throw new Error('disk full');
    });
    const { acked, ackText } = await local.slack.type('mara', 'mesos-ops', '/mesos status');
    expect(acked).toBe(true);
    expect(ackText).toContain('Nothing was sent to the master');
    const line = local.log.lines.find(({ level }) => level === 'error');
    const incident = line !== undefined && 'incident' in line.facts ? String(line.facts.incident) : 'none';
    expect(ackText).toContain(incident);
  });

  it('waits in stop() for a command that is being taken in, and its answer still arrives', async () => {
    let commit: (notice: Notice) => void = () => {};
    const committed = new Promise<Notice>((resolve) => {
      commit = resolve;
    });
    local = await connected(mode, () => committed);
    const typed = local.slack.type('mara', 'mesos-ops', '/mesos status');
    await until(() => local?.taken.length === 1);
    let stopped = false;
    const stopping = local.bot.stop().then(() => {
      stopped = true;
    });
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    commit({ kind: 'closed', drain: drainId(17) });
    expect((await typed).ackText).toContain('d17');
    await stopping;
    expect(local.bot.linkUp()).toBe(false);
    expect(local.links).toEqual([true, false]);
  });

  it('can be stopped twice', async () => {
    local = await connected(mode);
    await local.bot.stop();
    await expect(local.bot.stop()).resolves.toBeUndefined();
  });

  it('writes nothing that was typed, and no token, into the log', async () => {
    local = await connected(mode);
    await local.slack.type('mara', 'mesos-ops', '/mesos drain agent3 --reason swordfish');
    const log = JSON.stringify(local.log.lines);
    expect(log).not.toContain('swordfish');
    expect(log).not.toContain('xoxb-');
    expect(log).not.toContain('xapp-');
  });
});

describe('the socket', () => {
  it.each(['refresh_requested', 'cut'] as const)('is opened anew after %s', async (how) => {
    local = await connected('socket', async () => null, hurriedClock());
    expect(local.bot.linkUp()).toBe(true);
    expect(local.bot.httpPort()).toBeNull();
    local.slack.disconnect(how);
    await until(() => local?.links.join() === 'true,false,true');
    expect(await local.slack.type('mara', 'mesos-ops', '/mesos status')).toEqual({ acked: true });
    expect(local.taken).toHaveLength(1);
  });

  it('comes back after Slack was out of reach while it reconnected', async () => {
    local = await connected('socket', async () => null, hurriedClock());
    local.slack.model.faults.add({ method: 'apps.connections.open', fault: '500', times: 2 });
    local.slack.model.faults.add({ method: 'apps.connections.open', fault: '429', times: 1 });
    local.slack.disconnect('cut');
    await until(() => local?.links.join() === 'true,false,true');
    expect(await local.slack.type('mara', 'mesos-ops', '/mesos status')).toEqual({ acked: true });
  });
});

describe('the request URL', () => {
  async function post(payload: Record<string, string>, secret: string) {
    const body = new URLSearchParams(payload).toString();
    return fetch(`http://127.0.0.1:${local?.bot.httpPort()}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...signatureHeaders(secret, body) },
      body,
    });
  }
  const whole = {
    command: '/mesos',
    text: 'status',
    trigger_id: '1.2.abc',
    user_id: 'U0MARA0001',
    user_name: 'mara',
    team_id: 'T0LOCAL001',
    channel_id: 'C0MESOSOPS',
    response_url: 'http://127.0.0.1/answer',
  };

  it('refuses a request that Slack did not sign', async () => {
    local = await connected('http');
    expect((await post(whole, 'a wrong secret')).status).toBe(401);
    expect(local.taken).toEqual([]);
  });

  it.each(['team_id', 'user_id', 'channel_id', 'trigger_id', 'response_url'])(
    'answers a command without %s politely and does nothing',
    async (field) => {
      local = await connected('http');
      const answer = await post({ ...whole, [field]: '' }, local.slack.signingSecret);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('nothing was done');
      expect(local.taken).toEqual([]);
    },
  );

  it('answers any other slash command that was pointed at it', async () => {
    local = await connected('http');
    const answer = await post({ ...whole, command: '/deploy' }, local.slack.signingSecret);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('/mesos help');
    expect(local.taken).toEqual([]);
  });
});
