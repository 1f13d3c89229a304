import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Hand, startHand } from './mesos-hand.ts';

const HOST = 'agent1.example';

let hand: Hand;
beforeEach(async () => {
  hand = await startHand({
    agents: [{ hostname: HOST }, { hostname: 'agent2.example' }, { hostname: 'agent3.example' }],
    frameworks: [{ name: 'marathon' }],
    tasks: [{ name: 'web', framework: 'marathon', agent: HOST }],
    credentials: [],
    acls: { view_tasks: ['ops'] },
  });
});
afterEach(() => hand.cluster.stop());

const fault = (rule: object, method = 'POST') =>
  fetch(`${hand.masterUrls[0]}/_sim/fault`, {
    method,
    ...(method === 'POST' ? { body: JSON.stringify(rule) } : {}),
  });

describe('faults', () => {
  it.each([
    ['503', 503, /overloaded/],
    ['500', 500, /future/],
    ['html-502', 502, /<html>/],
    ['garbage', 200, /^\{"type".*[^}]$/],
  ])('%s answers so', async (kind, status, body) => {
    await fault({ match: { call: 'GET_AGENTS' }, fault: kind });
    const answer = await hand.send('GET_AGENTS');
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(body);
  });

  it('refuse closes the connection before the call is applied', async () => {
    await fault({ match: { call: 'DRAIN_AGENT' }, fault: 'refuse' });
    await expect(hand.drain(HOST)).rejects.toThrow('fetch failed');
    expect(hand.model.applied).toEqual([]);
  });

  it('drop-after-apply closes it after the call was applied', async () => {
    await fault({ match: { call: 'DRAIN_AGENT' }, fault: 'drop-after-apply' });
    await expect(hand.drain(HOST)).rejects.toThrow('fetch failed');
    expect(hand.model.applied).toMatchObject([{ type: 'DRAIN_AGENT', master: 0, at: hand.clock.now() }]);
  });

  it('hang never answers, and does not keep the cluster from being idle', async () => {
    await fault({ match: {}, fault: 'hang' });
    const given = AbortSignal.timeout(300);
    await expect(fetch(`${hand.masterUrls[0]}/slaves`, { signal: given })).rejects.toThrow('timeout');
    await hand.cluster.idle();
  });

  it.each([
    ['marking-gone', 'MARK_AGENT_GONE', 503, "Agent 'ID' is already being transitioned to gone"],
    ['marking-gone', 'DRAIN_AGENT', 409, 'Agent is currently being marked gone'],
    ['removing', 'MARK_AGENT_GONE', 503, "Agent 'ID' is being transitioned to removed"],
    ['marking-unreachable', 'MARK_AGENT_GONE', 503, "Agent 'ID' is being transitioned to unreachable"],
  ])('%s refuses %s with %s, and applies nothing', async (kind, call, status, text) => {
    await fault({ match: { call }, fault: kind, times: 1 });
    const answer = await hand.about(call, HOST);
    expect([answer.status, await answer.text()]).toEqual([
      status,
      text.replace('ID', hand.model.agentId(HOST)),
    ]);
    expect(hand.model.applied).toEqual([]);
    expect((await hand.about(call, HOST)).status).toBe(200);
  });

  it('of a change under way leave other calls alone', async () => {
    await fault({ match: {}, fault: 'marking-unreachable', times: 2 });
    expect((await hand.send('GET_AGENTS')).status).toBe(200);
    expect((await hand.drain(HOST)).status).toBe(200);
  });

  it('meet as many requests as they say, on the path they name', async () => {
    await fault({ match: { path: '/slaves' }, fault: '503', times: 2 });
    const slaves = async () => (await fetch(`${hand.masterUrls[0]}/slaves?slave_id=x`)).status;
    expect([await slaves(), (await hand.send('GET_AGENTS')).status, await slaves(), await slaves()]).toEqual([
      503, 200, 503, 200,
    ]);
  });

  it('end with DELETE, and a wrong one is refused', async () => {
    await fault({ match: {}, fault: '503' });
    await fault({}, 'DELETE');
    expect((await hand.send('GET_AGENTS')).status).toBe(200);
    expect((await fault({ match: {}, fault: 'explode' })).status).toBe(400);
  });

  it('are set on an agent as well, by the model', async () => {
    hand.model.agentFaults(HOST).add({ match: { call: 'GET_AGENT' }, fault: 'refuse' });
    await expect(hand.ofAgent(HOST, 'GET_AGENT')).rejects.toThrow('fetch failed');
  });
});

describe('what a principal sees', () => {
  it('hides tasks from one that may not view them, without a word; /slaves still counts them', async () => {
    expect(await hand.read('GET_TASKS')).toEqual({ tasks: [], unreachable_tasks: [], completed_tasks: [] });
    const { slaves } = (await (await fetch(`${hand.masterUrls[0]}/slaves`)).json()) as {
      slaves: { hostname: string; used_resources: { cpus: number } }[];
    };
    expect(slaves.find(({ hostname }) => hostname === HOST)?.used_resources.cpus).toBe(0.5);
  });

  it.each([
    ['from 1024 bytes on', '/slaves', 'gzip'],
    ['not below', '/slaves?slave_id=none', null],
  ])('is zipped %s', async (_name, path, encoding) => {
    const answer = await fetch(`${hand.masterUrls[0]}${path}`, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    await answer.json();
  });

  it('is 501 for a call that a real master has and nothing here needs', async () => {
    expect((await hand.send('GET_METRICS')).status).toBe(501);
  });
});

describe('the log of applied calls', () => {
  it('has each call that took effect, with its body, and none that was refused', async () => {
    await hand.drain(HOST, { max_grace_period: { seconds: 5 } });
    await hand.drain(HOST, { max_grace_period: '10mins' });
    await hand.about('REACTIVATE_AGENT', HOST);
    expect(hand.model.applied).toMatchObject([
      {
        type: 'DRAIN_AGENT',
        body: { agent_id: { value: hand.model.agentId(HOST) }, max_grace_period: { seconds: 5 } },
      },
    ]);
  });
});
