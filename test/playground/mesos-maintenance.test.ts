import { afterEach, describe, expect, it } from '@jest/globals';
import type { FrameworkSpec } from '../../playground/mesos/spec.ts';
import { type Hand, startHand } from './mesos-hand.ts';

const HOST = 'agent1.example';
const MACHINE = { hostname: HOST, ip: '127.0.0.1' };
const MACHINES = { machines: [MACHINE] };

let hand: Hand;
afterEach(() => hand.cluster.stop());

/** An agent, with one task of each framework. */
const start = async (frameworks: readonly FrameworkSpec[] = []): Promise<void> => {
  hand = await startHand({
    agents: [{ hostname: HOST }],
    frameworks: [...frameworks],
    tasks: frameworks.map(({ name }) => ({ name: `of ${name}`, framework: name, agent: HOST })),
  });
};
const schedule = async (...machines: object[]): Promise<void> => {
  const windows = machines.map((machine) => ({
    machine_ids: [machine],
    unavailability: { start: { nanoseconds: '1795389486883645441' } },
  }));
  await hand.send('UPDATE_MAINTENANCE_SCHEDULE', { schedule: { windows } });
};
const failOver = () => {
  hand.model.failover();
  hand.clock.advance(9_950);
};

interface Status {
  draining_machines?: { statuses?: { status: string; framework_id: { value: string } }[] }[];
}
const answers = async (): Promise<string[]> => {
  const { status } = await hand.read<{ status: Status }>('GET_MAINTENANCE_STATUS');
  const said = status.draining_machines?.[0]?.statuses ?? [];
  return said.map((each) => each.status).sort();
};

describe('inverse offers', () => {
  const willing: FrameworkSpec = { name: 'willing', inverseOffers: 'ACCEPT' };

  it('are answered by frameworks that know them, a moment later; the others are not listed', async () => {
    await start([willing, { name: 'unwilling', inverseOffers: 'DECLINE' }, { name: 'silent' }]);
    await schedule(MACHINE);
    expect(await answers()).toEqual([]);
    hand.clock.advance(100);
    expect(await answers()).toEqual(['ACCEPT', 'DECLINE']);
  });

  it('are sent anew after each write of the schedule, whatever it changed', async () => {
    await start([willing]);
    await schedule(MACHINE);
    hand.clock.advance(100);
    await schedule(MACHINE, { hostname: 'other.example', ip: '10.0.0.9' });
    expect(await answers()).toEqual([]);
    hand.clock.advance(100);
    expect(await answers()).toEqual(['ACCEPT']);
  });

  it('are forgotten in a failover, and sent again once the agent is back', async () => {
    await start([willing]);
    await schedule(MACHINE);
    hand.clock.advance(100);
    failOver();
    expect(await answers()).toEqual([]);
    hand.clock.advance(1_000);
    expect(await answers()).toEqual(['ACCEPT']);
  });

  it('are not sent for a deactivated agent, nor for half a machine', async () => {
    await start([willing]);
    await schedule({ hostname: HOST });
    hand.clock.advance(100);
    expect(await answers()).toEqual([]);
    await hand.about('DEACTIVATE_AGENT', HOST);
    await schedule(MACHINE);
    hand.clock.advance(100);
    expect(await answers()).toEqual([]);
  });
});

describe('a machine taken down', () => {
  const takeDown = async () => {
    await hand.drain(HOST);
    await schedule(MACHINE);
    const answer = await hand.send('START_MAINTENANCE', MACHINES);
    expect([answer.status, await hand.state(HOST)]).toEqual([200, 'absent']);
  };
  const bringUp = async (): Promise<void> => {
    await hand.send('STOP_MAINTENANCE', MACHINES);
    hand.model.returnAgent(HOST);
    hand.clock.advance(100);
    expect(await hand.entry(HOST)).toMatchObject({ active: true, deactivated: false });
  };

  it('shuts its agent down, which comes back under a new id, active: its drain is erased', async () => {
    await start();
    const before = hand.model.agentId(HOST);
    await takeDown();
    await bringUp();
    expect(hand.model.agentId(HOST)).not.toBe(before);
  });

  it('refuses an agent that returns meanwhile, which costs it its id as well', async () => {
    await start();
    const before = hand.model.agentId(HOST);
    hand.model.killAgentProcess(HOST);
    await takeDown();
    hand.model.returnAgent(HOST);
    hand.clock.advance(100);
    expect(await hand.state(HOST)).toBe('absent');
    await bringUp();
    expect(hand.model.agentId(HOST)).not.toBe(before);
  });

  it('has its old agent back under the same id where that was off all the while', async () => {
    await start();
    const before = hand.model.agentId(HOST);
    hand.model.killAgentProcess(HOST);
    await takeDown();
    await bringUp();
    expect(hand.model.agentId(HOST)).toBe(before);
  });
});

describe('a scheduled machine', () => {
  it('is drained only while the master does not have its agent registered', async () => {
    await start();
    await schedule(MACHINE);
    expect((await hand.drain(HOST)).status).toBe(400);
    hand.model.killAgentProcess(HOST);
    hand.clock.advance(80_000);
    expect((await hand.drain(HOST)).status).toBe(200);
    hand.model.returnAgent(HOST);
    hand.clock.advance(100);
    expect(await hand.state(HOST)).toBe('DRAINED');
    failOver();
    expect([(await hand.drain(HOST)).status, await hand.state(HOST)]).toEqual([200, 'absent']);
  });
});
