import { afterEach, describe, expect, it } from '@jest/globals';
import { MasterFault } from '../../src/app/faults.ts';
import { connected } from './support/connected.ts';
import { getMaster, type Replies, scriptedMaster } from './support/scripted-master.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function reading(replies: Replies) {
  const server = await scriptedMaster(replies);
  const mesos = connected([server.url]);
  open.push(server, mesos);
  return mesos.master;
}

/** Answers as the bytes that a master writes: JSON.stringify could not write these numbers. */
const written = (schedule: string, status = '{}'): Replies => ({
  GET_MAINTENANCE_SCHEDULE: {
    status: 200,
    body: `{"type":"GET_MAINTENANCE_SCHEDULE","get_maintenance_schedule":{"schedule":${schedule}}}`,
  },
  GET_MAINTENANCE_STATUS: {
    status: 200,
    body: `{"type":"GET_MAINTENANCE_STATUS","get_maintenance_status":{"status":${status}}}`,
  },
});
const time = (ns: string) => `{"nanoseconds":${ns}}`;

describe('maintenance, as the leader shows it', () => {
  it('keeps each nanosecond, each half of a machine, and the order of both', async () => {
    const master = await reading(
      written(
        `{"windows":[
          {"machine_ids":[{"hostname":"B.example","ip":"10.0.0.2"},{"hostname":"a.example"},{"ip":"10.0.0.9"},{"hostname":""}],
           "unavailability":{"start":${time('1795389486883645441')},"duration":${time('3600000000001')}}},
          {"machine_ids":[{"hostname":"\\u200bodd\\u0007.example","ip":"10.0.0.3"}],"unavailability":{"start":${time('0')}}},
          {"unavailability":{"start":${time('-9223372036854775808')},"duration":${time('9223372036854775807')}}}
        ]}`,
        `{"draining_machines":[
          {"id":{"hostname":"B.example","ip":"10.0.0.2"},"statuses":[
            {"status":"ACCEPT","framework_id":{"value":"f-1"},"timestamp":${time('1795389486883645440')}},
            {"status":"DECLINE","framework_id":{"value":"f-2"},"timestamp":${time('1795389486000000000')}},
            {"status":"UNKNOWN","framework_id":{"value":"f-3"},"timestamp":${time('1795389480000000000')}}]},
          {"id":{"hostname":"a.example"}}],
         "down_machines":[{"hostname":"odd.example","ip":"10.0.0.3"}]}`,
      ),
    );
    expect(await master.maintenance()).toEqual({
      leader: 'm1',
      windows: [
        {
          machines: [
            { hostname: 'B.example', ip: '10.0.0.2' },
            { hostname: 'a.example', ip: null },
            { hostname: null, ip: '10.0.0.9' },
            { hostname: '', ip: null },
          ],
          startNs: 1795389486883645441n,
          durationNs: 3600000000001n,
        },
        {
          machines: [{ hostname: '\u200bodd\u0007.example', ip: '10.0.0.3' }],
          startNs: 0n,
          durationNs: null,
        },
        { machines: [], startNs: -(2n ** 63n), durationNs: 2n ** 63n - 1n },
      ],
      draining: [
        {
          machine: { hostname: 'B.example', ip: '10.0.0.2' },
          answers: [
            { framework: 'f-1', answer: 'ACCEPT', at: 1795389486883 },
            { framework: 'f-2', answer: 'DECLINE', at: 1795389486000 },
            { framework: 'f-3', answer: 'UNKNOWN', at: 1795389480000 },
          ],
        },
        { machine: { hostname: 'a.example', ip: null }, answers: [] },
      ],
      down: [{ hostname: 'odd.example', ip: '10.0.0.3' }],
    });
  });

  it('is empty where the master leaves its lists out', async () => {
    const master = await reading(written('{}'));
    expect(await master.maintenance()).toEqual({ leader: 'm1', windows: [], draining: [], down: [] });
  });

  it.each([
    ['more than an int64 holds', time('9223372036854775808')],
    ['more digits than anything holds', time('9'.repeat(400))],
    ['a fraction', time('1.5')],
    ['a text', time('"1"')],
    ['no start', 'null'],
  ])('is not read at all where a time is %s: to write it back would change it', async (_, start) => {
    const window = `{"machine_ids":[{"hostname":"a"}],"unavailability":{"start":${start}}}`;
    const master = await reading(written(`{"windows":[${window}]}`));
    await expect(master.maintenance()).rejects.toThrow(MasterFault);
  });

  it('is not believed where the leader changed while it was read', async () => {
    let asked = 0;
    const master = await reading({
      ...written('{}'),
      GET_MASTER: () => {
        asked += 1;
        return getMaster(asked % 2 === 1 ? 'm1' : 'm2');
      },
    });
    await expect(master.maintenance()).rejects.toThrow('the leader changed during the look');
  });

  it('shows the machines one by one, to the millisecond, for what only watches them', async () => {
    const master = await reading(
      written(
        `{"windows":[{"machine_ids":[{"hostname":"A.example","ip":"10.0.0.2"},{"hostname":"b"}],
          "unavailability":{"start":${time('1795389486883645441')},"duration":${time('1500000')}}}]}`,
        '{"down_machines":[{"hostname":"a.example","ip":"10.0.0.2"}]}',
      ),
    );
    const window = { start: 1795389486883, durationMs: 1.5 };
    expect(await master.schedule()).toEqual({
      leader: 'm1',
      machines: [
        { machine: { hostname: 'A.example', ip: '10.0.0.2' }, ...window, down: true },
        { machine: { hostname: 'b', ip: null }, ...window, down: false },
      ],
    });
  });
});
