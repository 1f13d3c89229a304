import { describe, expect, it } from '@jest/globals';
import { makeInbox } from '../../src/app/commands/inbox.ts';
import { makeRateLimit } from '../../src/app/commands/rate-limit.ts';
import type { Chat } from '../../src/app/ports.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { fakeCalls } from '../support/fake-calls.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeMaster } from '../support/fake-master.ts';
import { fakePeople, policyInForce } from '../support/fake-people.ts';
import { fakeStore, storeDown } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { alice, at, cluster, inboxCommand } from '../support/samples.ts';

const help = inboxCommand({ text: 'help' });

const absent = async (): Promise<never> => {
  throw new Error('not part of this test');
};

function inbox(waiting = [help], { perMinute = 10, held = '' } = {}) {
  const { store, committed, door } = fakeStore({ waiting });
  const { clock, advance } = portClock();
  const { log, lines } = fakeLog();
  let count = 0;
  let settlings = 0;
  const answers: Notice[] = [];
  const chat: Chat = {
    answer: async (_url, notice) => {
      answers.push(notice);
      return { kind: 'sent', ts: null };
    },
    post: absent,
    edit: absent,
    whisper: absent,
    openDirect: absent,
    findPosted: absent,
    permalink: absent,
  };
  const made = makeInbox({
    store,
    chat,
    clock,
    log,
    people: fakePeople().people,
    previewFile: () => null,
    anchoring: { readiness: () => refuse({ code: 'no-anchor-channel' }), send: absent },
    clusters: [
      {
        name: cluster,
        defaultIn: [],
        clusterChannel: null,
        master: fakeMaster().master,
        policy: policyInForce(),
        oneWriter: (work) => work(),
        submitCall: async (intent) => fakeCalls().calls.submit(intent.call),
      },
    ],
    rateLimit: makeRateLimit(perMinute),
    newId: () => `id-${count++}`,
    takeIn: { take: async () => null, holds: (triggerId) => triggerId === held },
    onSettled: () => {
      settlings += 1;
    },
  });
  return { ...made, answers, clock, advance, committed, door, lines, settlings: () => settlings };
}

describe('the inbox', () => {
  it('settles what waits, with its answer and its entry', async () => {
    const { pass, idle, clock, committed, settlings } = inbox();
    expect(await pass(clock.now())).toBeNull();
    await idle();
    expect(committed).toMatchObject({
      settled: [[1, 'done']],
      queued: [{ kind: 'help' }],
      audit: [{ event: 'command.answered' }],
    });
    expect(settlings()).toBe(1);
  });

  it('leaves a command alone while its commit is waited for', async () => {
    const { pass, idle, clock, committed } = inbox([help], { held: help.triggerId });
    await pass(clock.now());
    await idle();
    expect(committed.settled).toEqual([]);
  });

  it('withdraws a command that could not be settled, after telling so, and with pauses however often it is woken', async () => {
    const { pass, idle, clock, advance, answers, committed, door, lines } = inbox();
    door.commit = () => {
      throw storeDown();
    };
    await pass(clock.now());
    await idle();
    const failures = lines.length;
    expect(failures).toBeGreaterThan(0);
    expect(await pass(clock.now())).toBe(at(5));
    await idle();
    expect(lines).toHaveLength(failures);
    door.commit = () => {};
    advance(5_000);
    await pass(clock.now());
    await idle();
    expect(answers).toMatchObject([
      {
        kind: 'refused',
        refusal: { code: 'not-recorded', why: { code: 'FAULT', toDo: "The bot's log says more." } },
      },
    ]);
    expect(committed).toMatchObject({
      settled: [[1, 'void']],
      queued: [],
      audit: [{ event: 'command.failed', outcome: 'nothing-sent' }],
    });
  });

  it('tells a command that waited for more than a minute that it was not run', async () => {
    const { pass, idle, clock, advance, committed } = inbox();
    advance(60_001);
    await pass(clock.now());
    await idle();
    expect(committed).toMatchObject({
      settled: [[1, 'late']],
      queued: [{ kind: 'refused', refusal: { code: 'picked-up-late', afterSeconds: 60 } }],
      audit: [{ event: 'command.late', outcome: 'not-run' }],
    });
  });

  it('files a flood as one entry', async () => {
    const flood = [1, 2, 3, 4].map((id) => inboxCommand({ id, triggerId: `t-${id}`, text: 'help' }));
    const { pass, idle, clock, advance, committed } = inbox(flood, { perMinute: 1 });
    expect(await pass(clock.now())).toBe(at(60));
    await idle();
    expect(committed.settled.map(([, as]) => as).sort()).toEqual(['done', 'refused', 'refused', 'refused']);
    advance(60_000);
    await pass(clock.now());
    expect(committed.audit.map(({ event }) => event)).toEqual(['command.answered', 'commands.limited']);
    expect(committed.audit.at(-1)?.facts).toMatchObject({ user: alice.userId, count: 3 });
  });
});
