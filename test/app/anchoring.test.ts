import { describe, expect, it } from '@jest/globals';
import { makeAnchoring } from '../../src/app/anchors/anchoring.ts';
import { ChatFault } from '../../src/app/faults.ts';
import type { Anchors, Prompts, Store } from '../../src/app/ports.ts';
import type { Anchor } from '../../src/domain/anchor.ts';
import { type SignedHead, type Signer, signedText } from '../../src/domain/audit/signed-head.ts';
import * as ids from '../../src/domain/ids.ts';
import { cleanUp, open } from '../store/fresh-store.ts';
import { noon } from '../store/noon.ts';
import { channel, cluster, draft, drain } from '../store/samples.ts';
import { fakeLog } from '../support/fake-log.ts';
import { policyInForce } from '../support/fake-people.ts';
import { fakeSigner } from '../support/fake-signer.ts';
import { agentsPlan, machinesPlan } from '../support/plan-samples.ts';
import { everyEntry } from '../support/read-audit.ts';
import { anchor } from '../support/restored-samples.ts';

cleanUp();

const home = ids.channelId('C0ANCHORS1');
const minute = 60_000;
const day = 86_400_000;

interface Given {
  signer?: Signer | null;
  anchorChannel?: ids.ChannelId | null;
  prompts?: Prompts;
}

/** A bot's anchoring over a real file; what Slack holds, by channel, is the test's to say. */
async function begun({ anchorChannel = home, prompts = nobody, signer = null }: Given = {}) {
  const store = await open();
  let now = noon;
  const held = new Map<string, Anchor[] | 'silent'>();
  const asked: string[] = [];
  const anchors: Anchors = {
    read: async (place) => {
      asked.push(place);
      const there = held.get(place) ?? [];
      if (there === 'silent') throw new ChatFault('Slack gave no answer');
      return there;
    },
  };
  const { log, lines } = fakeLog();
  let ids_ = 0;
  const newId = () => `id-${++ids_}`;
  const clusters = [{ name: cluster, policy: policyInForce() }];
  const start = () =>
    makeAnchoring({
      ...{ store, anchors, anchorChannel, signer, prompts, log, newId },
      clock: { now: () => now, after: () => () => {} },
      clusters,
      opsChannel: ids.channelId('C0OPS00001'),
      onWritten: () => {},
    });
  return {
    store,
    held,
    asked,
    lines,
    start,
    now: () => now,
    goOn: (ms: number) => {
      now = ids.after(now, ms);
      return now;
    },
  };
}

const nobody: Prompts = { read: async () => ({ kind: 'gone' }) };
const grow = (store: Store) => store.transact((tx) => tx.append(draft()));

/** What anchoring has filed, each under an id of its own. */
async function filedBy(store: Store) {
  const ofEach = Array.from({ length: 9 }, (_, n) => store.auditEntries(ids.correlationId(`id-${n + 1}`)));
  return (await Promise.all(ofEach)).flat();
}

/** The heads that wait to be posted. */
async function queued(store: Store): Promise<number[]> {
  return (await store.outbox()).flatMap(({ notice }) =>
    notice.kind === 'anchor' ? [notice.anchor.seq] : [],
  );
}

describe('the head of the log', () => {
  it('goes out at first, then daily where the log has grown, and at the stop', async () => {
    const { store, start, goOn, now } = await begun();
    const anchoring = start();
    await anchoring.atStart();
    await grow(store);
    expect(await anchoring.pass(now())).toBe(ids.after(noon, day));
    await grow(store);
    await anchoring.pass(goOn(day - 1));
    expect(await queued(store)).toEqual([1]);
    await anchoring.pass(goOn(1));
    expect(await queued(store)).toEqual([1, 2]);
    await anchoring.pass(goOn(day));
    expect(await queued(store)).toEqual([1, 2]);
    await grow(store);
    await anchoring.atStop();
    expect(await queued(store)).toEqual([1, 2, 3]);
  });

  it('goes out at a start where the last process left entries behind, and not after an orderly stop', async () => {
    const { store, start, now } = await begun();
    const first = start();
    await grow(store);
    await first.atStop();
    await start().atStart();
    const second = start();
    await second.atStart();
    await second.pass(now());
    expect(await queued(store)).toEqual([1]);
    await grow(store); // and it dies
    const third = start();
    await third.atStart();
    await third.pass(now());
    expect(await queued(store)).toEqual([1, 2]);
  });

  it('goes nowhere without a channel for it', async () => {
    const { store, start, now } = await begun({ anchorChannel: null });
    const anchoring = start();
    await grow(store);
    expect(await anchoring.atStart()).toEqual({ restored: false, notKnown: null });
    expect(await anchoring.pass(now())).toBeNull();
    await anchoring.atStop();
    expect(await queued(store)).toEqual([]);
  });
});

describe('the signed head of the log', () => {
  it('is filed as the entry after it in the same transaction, and does not make the log grow for the next', async () => {
    const { store, start, goOn, now } = await begun({ signer: fakeSigner });
    await grow(store);
    const anchoring = start();
    await anchoring.atStart();
    await anchoring.pass(now());
    const entries = await filedBy(store);
    const head = await store.auditHashes([1]);
    expect(entries.map(({ event }) => event)).toEqual(['head.signed']);
    const facts = { database: (await store.thisDatabase()).id, seq: 1, hash: head.get(1), at: ids.iso(noon) };
    expect(entries[0]).toMatchObject({
      facts: { ...facts, key: fakeSigner.key, signature: fakeSigner.sign(signedText(facts as SignedHead)) },
    });
    expect((await store.outbox()).map(({ notice }) => notice)).toMatchObject([
      { kind: 'anchor', anchor: { seq: 1, signature: { key: fakeSigner.key } } },
    ]);
    for (let days = 0; days < 3; days += 1) await anchoring.pass(goOn(day));
    const again = start();
    await again.atStart();
    await again.pass(now());
    expect((await store.auditHead())?.seq).toBe(2);
    await grow(store);
    await again.atStop();
    expect(await queued(store)).toEqual([1, 3]);
    expect((await store.auditHead())?.seq).toBe(4);
  });

  it('is filed also where no channel takes it', async () => {
    const { store, start, now } = await begun({ signer: fakeSigner, anchorChannel: null });
    await grow(store);
    const anchoring = start();
    await anchoring.atStart();
    expect(await anchoring.pass(now())).toBe(ids.after(noon, day));
    expect(await filedBy(store)).toMatchObject([{ event: 'head.signed' }]);
    expect(await queued(store)).toEqual([]);
  });
});

describe('anchors that can not be read', () => {
  it('prove nothing; they are read again after a minute, then ever later, and at once when Slack is back', async () => {
    const { store, held, asked, lines, start, goOn, now } = await begun();
    held.set(home, 'silent');
    const anchoring = start();
    expect(await anchoring.atStart()).toEqual({ restored: false, notKnown: 'Slack gave no answer' });
    await grow(store);
    expect(await anchoring.pass(now())).toBe(ids.after(noon, minute));
    expect(await anchoring.pass(goOn(minute))).toBe(ids.after(now(), 2 * minute));
    expect(asked).toHaveLength(2);
    expect(lines).toEqual([
      { level: 'warn', message: 'the audit log can not be compared with its anchors now' },
    ]);
    held.set(home, [anchor({ at: noon })]);
    anchoring.slackIsBack();
    expect(await anchoring.pass(now())).toBeNull();
    expect(anchoring.isRestored()).toBe(true);
  });

  it('hold the own head back, which may be an old one, until they are read or it is clear that they never are', async () => {
    const { store, held, start, goOn, now } = await begun();
    await grow(store);
    held.set(home, 'silent');
    const first = start();
    await first.atStart();
    await first.pass(now());
    await first.atStop();
    expect(await queued(store)).toEqual([]);
    held.set(home, []);
    await first.pass(goOn(minute));
    expect(await queued(store)).toEqual([1]);

    await grow(store);
    held.set(home, 'silent');
    const second = start();
    await second.atStart();
    for (const minutes of [1, 2, 4, 8]) await second.pass(goOn(minutes * minute));
    expect(await queued(store)).toEqual([1]);
    await second.pass(goOn(16 * minute));
    expect(await queued(store)).toEqual([1, 2]);
  });

  it('leave those beside them: a channel in which our drains stand tells too', async () => {
    const { store, held, start } = await begun();
    await store.transact(async (tx) => {
      await tx.insertDrain(drain());
      const { thread } = drain();
      const rootNotice = ids.noticeId('n-root');
      await tx.openThread({ id: thread, channel, rootNotice, drain: ids.drainId(1), approval: null });
    });
    held.set(home, 'silent');
    held.set(channel, [anchor({ at: noon })]);
    expect(await start().atStart()).toEqual({ restored: true, notKnown: 'Slack gave no answer' });
  });
});

describe('a database that lacks what an anchor knows', () => {
  it('counts what an older process had to tell, and keeps what this one tells', async () => {
    const { store, held, start, goOn } = await begun();
    const thread = ids.threadId('t-1');
    const root = ids.noticeId('n-root');
    const sent = { kind: 'closed', drain: ids.drainId(1) } as const;
    const say = (id: string, to: 'reply' | 'channel') =>
      store.transact((tx) =>
        tx.queue({
          id: ids.noticeId(id),
          to: to === 'reply' ? { kind: 'reply', thread, broadcast: false } : { kind: 'channel', channel },
          notice: sent,
          createdAt: ids.after(noon, -1),
        }),
      );
    await store.transact(async (tx) => {
      await tx.openThread({ id: thread, channel, rootNotice: root, drain: ids.drainId(1), approval: null });
      await tx.rootDelivered(thread, ids.messageTs('1700000001.000100'), 'https://x.slack.com/p1');
    });
    for (const [id, to] of [
      ['n-1', 'reply'],
      ['n-2', 'reply'],
      ['n-3', 'channel'],
    ] as const)
      await say(id, to);
    await store.transact((tx) =>
      tx.queue({
        id: ids.noticeId('n-head'), // nobody misses it
        to: { kind: 'channel', channel: home },
        notice: { kind: 'anchor', anchor: anchor() },
        createdAt: ids.after(noon, -1),
      }),
    );
    held.set(home, [anchor({ at: noon })]);
    goOn(minute);
    expect((await start().atStart()).restored).toBe(true);
    const waiting = (await store.outbox()).map(({ notice }) => notice);
    expect(waiting).toMatchObject([
      {
        kind: 'ops',
        what: {
          matter: 'restored',
          restored: { unsent: 3, how: 'another-database' },
          unsent: [
            { drain: 1, permalink: 'https://x.slack.com/p1', messages: 2 },
            { drain: null, permalink: null, messages: 1 },
          ],
        },
      },
    ]);
    const { deeds } = await store.auditDeeds(everyEntry, { before: null, limit: 9 });
    expect(deeds.map(({ entries: [entry] }) => entry)).toMatchObject([
      { event: 'database.restored', outcome: 'another-database', facts: { unsent: [{ messages: 2 }, {}] } },
    ]);
  });

  it('goes on with no plan of the past, whatever it was at', async () => {
    const { store, held, start } = await begun();
    await grow(store);
    const state = { status: 'running', since: noon } as const;
    const plans = [
      agentsPlan({ cluster, id: ids.planId(1), state }),
      machinesPlan({
        cluster,
        id: ids.planId(2),
        lines: [],
        state: { ...state, step: { at: 'next', call: 'start' } },
      }),
      agentsPlan({ cluster, id: ids.planId(3) }),
    ];
    await store.transact(async (tx) => {
      for (const plan of plans) {
        const place = { channel, rootNotice: ids.noticeId(`n-${plan.id}`), drain: null, approval: null };
        const thread = ids.threadId(`t-${plan.id}`);
        await tx.openThread({ ...place, id: thread, plan: plan.id });
        await tx.insertPlan({ ...plan, thread });
      }
    });
    held.set(home, [anchor({ at: noon })]);
    await start().atStart();
    expect(await store.unendedPlans(cluster)).toEqual([]);
    const ends = (await store.latestPlans(9)).map(({ state }) => state);
    expect(ends).toMatchObject(plans.map(() => ({ status: 'ended', end: { kind: 'restored' } })));
    // Nobody but its asker has seen the one that was not confirmed.
    const told = (await store.outbox()).map(({ notice }) => notice.kind);
    expect(told).toEqual(['plan', 'maintenance', 'ops']);
  });

  it('is told once, posts no head any more, and learns what is found later', async () => {
    const { store, held, lines, start, now } = await begun();
    await grow(store);
    held.set(home, [anchor({ at: noon, drains: 20 })]);
    await start().atStart();
    held.set(home, [anchor({ at: ids.after(noon, 1), seq: 500, drains: 25 })]);
    const again = start();
    await again.atStart();
    expect(await again.pass(now())).toBeNull();
    await again.atStop();
    expect(await queued(store)).toEqual([]);
    const { restored } = await store.thisDatabase();
    expect(restored).toMatchObject({ since: noon, anchor: { seq: 500 }, numbers: { drains: 25 } });
    expect((await store.outbox()).map(({ notice }) => notice.kind)).toEqual(['ops']);
    expect(lines.map(({ message }) => message)).toEqual([
      'the database was restored: changes wait',
      'the database was restored, and nobody has accepted that yet: changes wait',
    ]);
  });

  it('is itself again once that was accepted', async () => {
    const { store, held, start } = await begun();
    await grow(store);
    held.set(home, [anchor({ at: noon })]);
    await start().atStart();
    await store.transact((tx) => tx.acceptRestore(noon, { drains: 20, approvals: 11, plans: 4 }));
    expect(await start().atStart()).toEqual({ restored: false, notKnown: null });
  });
});
