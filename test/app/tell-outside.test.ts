import { describe, expect, it } from '@jest/globals';
import { makeTellOutside, type SweepLook } from '../../src/app/outside/tell-outside.ts';
import type { Swept } from '../../src/app/ports.ts';
import { type AgentId, after, type ChannelId } from '../../src/domain/ids.ts';
import type { OwnWork } from '../../src/domain/outside/own-work.ts';
import type { Believed } from '../../src/domain/outside/service.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeStore } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { restored } from '../support/restored-samples.ts';
import {
  agentId,
  at,
  channel,
  cluster,
  drain,
  draining,
  foreign,
  known,
  leader,
  noon,
  otherLeader,
  states,
} from '../support/samples.ts';

const sweepMs = 300_000;
const active: Believed = { service: 'active', leader, at: noon };
const last: Swept = { at: noon, leader, schedule: { leader, at: noon, machines: [] } };
const down = {
  machine: { hostname: 'agent3.example', ip: '10.0.0.3' },
  start: at(10),
  durationMs: null,
  down: true,
};

function told({
  believed = [[agentId, active]] as [AgentId, Believed][],
  swept = last as Swept | null,
  startedAt = noon,
  place = channel as ChannelId | null,
  ...more
}: {
  believed?: [AgentId, Believed][];
  swept?: Swept | null;
  startedAt?: typeof noon;
  place?: ChannelId | null;
  ownWork?: OwnWork;
  moved?: AgentId[];
  restored?: typeof restored;
} = {}) {
  const { store, committed } = fakeStore({ believed, swept, ...more });
  const { clock } = portClock(startedAt);
  const written: string[] = [];
  let ids = 0;
  const tell = makeTellOutside({
    store,
    master: { cluster },
    clock,
    newId: () => `id-${++ids}`,
    log: fakeLog().log,
    clusterChannel: place,
    timing: { sweepMs },
    onWritten: () => void written.push('written'),
  });
  return { tell, committed, written };
}

/** A sweep that begins 5 min after noon, and shows agent3. */
function look(now: SweepLook['shown'][0]['now'], over: Partial<SweepLook> = {}): SweepLook {
  return {
    begun: at(300),
    seq: 7,
    leader,
    shown: [{ agentId, hostname: 'agent3.example', leader, now, goneAt: null }],
    schedule: { leader, machines: [] },
    before: [known()],
    after: [known()],
    ...over,
  };
}

describe('what others did to the cluster', () => {
  it('is filed as done outside, told in one message, and believed from then on', async () => {
    const { tell, committed, written } = told();
    expect(await tell(look('deactivated', { schedule: { leader, machines: [down] } }))).toBe(false);
    expect(committed.audit).toMatchObject([
      {
        event: 'outside.changed',
        outcome: 'deactivated',
        actor: { kind: 'outside' },
        cluster,
        master: leader,
        agent: { id: agentId, hostname: 'agent3.example' },
        facts: { before: 'active', now: 'deactivated', lastSeenOtherwise: '2026-11-22T12:00:00.000Z' },
      },
      {
        event: 'outside.changed',
        outcome: 'taken-down',
        actor: { kind: 'outside' },
        agent: { id: agentId, hostname: 'agent3.example' },
        facts: { machine: down.machine, before: null, now: { down: true, durationSeconds: null } },
      },
    ]);
    // Each is a deed of its own.
    expect(new Set(committed.audit.map(({ correlation }) => correlation)).size).toBe(2);
    expect(committed.queued).toMatchObject([
      { kind: 'outside', away: null, restored: false, more: 0, lines: [{ on: 'agent' }, { on: 'machine' }] },
    ]);
    expect(written).toEqual(['written']);
    await tell(look('deactivated', { begun: at(600), schedule: { leader, machines: [down] } }));
    expect(committed.audit).toHaveLength(2);
  });

  it('is filed where there is no channel for it', async () => {
    const { tell, committed } = told({ place: null });
    await tell(look('gone'));
    expect(committed).toMatchObject({
      audit: [{ outcome: 'gone' }],
      queued: [],
      believed: [[agentId, null]],
    });
  });

  it('is cut with a count, and filed in full', async () => {
    const many = Array.from({ length: 23 }, (_, n) => `lost-S${n}` as AgentId);
    const { tell, committed } = told({ believed: many.map((id) => [id, active]) });
    const shown = many.map(
      (id) => ({ ...look('deactivated').shown[0], agentId: id }) as SweepLook['shown'][0],
    );
    await tell(look('deactivated', { shown }));
    expect(committed.audit).toHaveLength(23);
    expect(committed.queued).toMatchObject([{ more: 3 }]);
  });

  it('is nothing in the first sweep of all', async () => {
    const { tell, committed } = told({ believed: [], swept: null });
    await tell(look('deactivated', { before: [], schedule: { leader, machines: [down] } }));
    expect(committed).toMatchObject({
      audit: [],
      believed: [[agentId, { service: 'deactivated', leader, at: at(300) }]],
      swept: [{ at: at(300), leader, schedule: { leader, at: at(300), machines: [down] } }],
    });
  });

  it('is not what our own drain does', async () => {
    const ownWork = { drains: [drain({ state: states.draining })], reactivations: [], markGones: [] };
    const { tell, committed } = told({ ownWork });
    expect(await tell(look(draining))).toBe(false);
    expect(committed).toMatchObject({ audit: [], believed: [[agentId, { service: draining }]] });
  });

  it('waits for the thread of our drain where that is about to tell it', async () => {
    const ownWork = { drains: [drain({ state: states.draining })], reactivations: [], markGones: [] };
    const { tell, committed } = told({ ownWork });
    expect(await tell(look(foreign))).toBe(false);
    expect(committed).toMatchObject({ audit: [], believed: [] });
  });

  it('waits for another look, soon, where the list may be older than what was filed since', async () => {
    const { tell, committed } = told({ moved: [agentId] });
    expect(await tell(look(draining))).toBe(true);
    expect(committed).toMatchObject({ audit: [], believed: [] });
  });

  it('waits for a new leader to show it twice, the schedule too', async () => {
    const { tell, committed } = told();
    const [shown] = look('deactivated').shown;
    if (shown === undefined) throw new Error('none');
    const seen = { leader: otherLeader, shown: [{ ...shown, leader: otherLeader }] };
    const schedule = { leader: otherLeader, machines: [down] };
    expect(await tell(look('deactivated', { ...seen, schedule }))).toBe(true);
    expect(committed.audit).toEqual([]);
    expect(await tell(look('deactivated', { ...seen, schedule, begun: at(320) }))).toBe(false);
    expect(committed.audit.map(({ outcome }) => outcome)).toEqual(['deactivated', 'taken-down']);
  });

  it.each([
    ['the bot was started since', at(290), at(300), true],
    ['it has looked all along', noon, at(300), false],
    ['no master could be read for long', noon, at(700), true],
  ] as const)('was done while it was away where %s', async (_, startedAt, begun, isAway) => {
    const { tell, committed } = told({ startedAt });
    await tell(look('deactivated', { begun }));
    const away = isAway ? { from: noon, to: begun } : null;
    expect(committed.queued).toMatchObject([{ away, lines: [{ wasAway: isAway }] }]);
    const iso = { from: '2026-11-22T12:00:00.000Z', to: new Date(begun).toISOString() };
    expect(committed.audit[0]?.facts).toEqual(
      expect.objectContaining(isAway ? { away: iso } : { before: 'active' }),
    );
  });

  it('may be its own where the database was restored from the past', async () => {
    const { tell, committed } = told({ restored });
    await tell(look('deactivated'));
    expect(committed).toMatchObject({
      queued: [{ restored: true }],
      audit: [{ facts: { databaseWasRestored: true } }],
    });
  });

  it('goes on without the schedule where that can not be read', async () => {
    const { tell, committed } = told({
      swept: { ...last, schedule: { leader, at: noon, machines: [down] } },
    });
    await tell(look('active', { schedule: null }));
    expect(committed).toMatchObject({ audit: [], swept: [{ schedule: { at: noon, machines: [down] } }] });
  });

  it('is looked for again, from where the last sweep was written down, after a fault of the store', async () => {
    const { store, committed, door } = fakeStore({ believed: [[agentId, active]], swept: last });
    door.commit = (n) => {
      if (n === 1) throw new Error('disk full');
    };
    const { clock } = portClock(noon);
    const deps = { store, master: { cluster }, clock, newId: () => 'id', log: fakeLog().log };
    const tell = makeTellOutside({
      ...deps,
      clusterChannel: channel,
      timing: { sweepMs },
      onWritten: () => {},
    });
    await expect(tell(look('deactivated'))).rejects.toThrow('disk full');
    await tell(look('deactivated', { begun: after(at(300), 5_000) }));
    expect(committed.audit).toHaveLength(1);
  });
});
