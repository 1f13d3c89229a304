import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { PolicyInForce } from '../../../src/app/ports.ts';
import { makeWatchStays } from '../../../src/app/stays/watch-stays.ts';
import { makeSubmitCall } from '../../../src/app/submit-call.ts';
import { drainId, seconds, threadId } from '../../../src/domain/ids.ts';
import type { FreezeWindow } from '../../../src/domain/policy.ts';
import { fakeCalls } from '../../support/fake-calls.ts';
import { fakeLog } from '../../support/fake-log.ts';
import { fakeMaster, type MasterSays } from '../../support/fake-master.ts';
import { fakePeople, policyInForce } from '../../support/fake-people.ts';
import { memoryDatabase } from '../../support/near/memory-store.ts';
import { rollingPlan, rollingRun } from '../../support/plan-samples.ts';
import { portClock } from '../../support/port-clock.ts';
import {
  alice,
  asked,
  at,
  bob,
  channel,
  cluster,
  drain,
  drained,
  foreign,
  known,
  notRead,
  shows,
  states,
} from '../../support/samples.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const operators = { users: [alice.userId], groups: [] };
/** Proven a minute after noon. */
const end = 60 + 7_200;
const frozen: FreezeWindow = {
  name: 'close',
  when: { every: 'once', from: at(0), until: at(99_999) },
  zone: 'UTC',
  freezes: ['reactivate'],
};

interface Case {
  now: number;
  policy?: PolicyInForce;
  master?: MasterSays;
  failing?: 'person';
  /** It is drained for a rolling plan, without an hour. */
  plan?: 'running' | 'ended';
}

/** What passes lead to at an agent that alice had drained for two hours: calls, and what the thread says. */
async function passes({ now, policy, master, failing, plan }: Case, times = 1) {
  const database = memoryDatabase({ sha256 });
  const store = database.open();
  const { clock } = portClock(at(now));
  const { calls, submitted } = fakeCalls();
  let ids = 0;
  let written = 0;
  const stay = { outFor: { seconds: seconds(7_200), by: alice }, toldAt: null };
  await store.transact(async (tx) => {
    await tx.rememberAgents(cluster, [known({ state: 'drained' })]);
    await tx.openThread({
      id: threadId('t-1'),
      channel,
      rootNotice: 'n-0' as never,
      drain: drainId(17),
      approval: null,
    });
    const ended = { status: 'ended' as const, at: at(60), end: { kind: 'done' as const } };
    const rolling = rollingPlan({ cluster, lines: [], state: plan === 'ended' ? ended : rollingRun() });
    if (plan !== undefined) await tx.insertPlan(rolling);
    await tx.insertDrain(
      drain({ state: states.drained, ...(plan === undefined ? { stay } : { plan: rolling.id }) }),
    );
  });
  const deps = {
    store,
    master: fakeMaster({ lookAt: shows(drained), askAgent: asked(0), ...master }).master,
    clock,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    log: fakeLog().log,
    people: fakePeople(failing === undefined ? {} : { failing }).people,
    policy: policy ?? policyInForce({ operators }),
    onWritten: () => {
      written += 1;
    },
  };
  const submitCall = makeSubmitCall({ ...deps, calls, sha256 });
  const pass = makeWatchStays({ ...deps, submitCall });
  let next: Awaited<ReturnType<typeof pass>> = null;
  for (let left = times; left > 0; left -= 1) next = await pass(clock.now());
  const said = (await store.outbox()).flatMap(({ notice }) =>
    notice.kind === 'stay' && notice.news.news === 'still-out'
      ? [notice.news.reminder.why]
      : notice.kind === 'reactivation'
        ? [notice.news.news]
        : [],
  );
  const intent = database.audit().find(({ entry }) => entry.event === 'call.intended')?.entry;
  return { calls: submitted.map(({ type }) => type), said, intent, written, next };
}

describe('an agent whose time out of service is over', () => {
  it('comes back once, on behalf of whoever asked', async () => {
    const { calls, said, intent } = await passes({ now: end }, 3);
    expect(calls).toEqual(['REACTIVATE_AGENT']);
    expect(said).toEqual(['asked', 'accepted']);
    expect(intent).toMatchObject({
      actor: { kind: 'bot' },
      drain: 17,
      facts: { onBehalfOf: { userId: alice.userId }, until: '2026-11-22T14:01:00.000Z' },
    });
  });

  it.each<[string, Case, string[]]>([
    ['its time is not over yet', { now: end - 1 }, []],
    ['it is over by more than 15 minutes', { now: end + 901 }, ['late']],
    [
      'the policy leaves it to people',
      { now: end, policy: policyInForce({ operators, afterWindow: 'remind' }) },
      ['by-policy'],
    ],
    [
      'whoever asked is no operator any more',
      { now: end, policy: policyInForce({ operators: { users: [bob.userId], groups: [] } }) },
      ['refused'],
    ],
    [
      'reactivations are frozen',
      { now: end, policy: policyInForce({ operators, freezes: [frozen] }) },
      ['refused'],
    ],
    [
      'its machine is in the maintenance schedule',
      { now: end, master: { scheduled: 'agent3' } },
      ['scheduled'],
    ],
    // Nobody can say: tried again, until it is too late.
    ['no master can be asked', { now: end, master: { lookAt: notRead } }, []],
    ['the schedule can not be read', { now: end, master: { failing: ['scheduled'] } }, []],
    ['Slack can not say who they are', { now: end, failing: 'person' }, []],
    ['somebody else has drained it anew', { now: end, master: { lookAt: shows(foreign) } }, []],
    ['the agent itself still drains', { now: end, master: { askAgent: asked(0, { draining: true }) } }, []],
  ])('stays where %s', async (_, which, told) => {
    const { calls, said } = await passes(which);
    expect(calls).toEqual([]);
    expect(said).toEqual(told);
  });
});

describe('an agent that nobody has brought back for a day', () => {
  it('is remembered in its thread', async () => {
    const { said, written } = await passes({ now: 60 + 86_400, plan: 'ended' });
    expect([said, written]).toEqual([['forgotten'], 1]);
  });

  it('wakes nobody while its own plan has more in mind with it, or this would run without end', async () => {
    const { said, written, next } = await passes({ now: 60 + 86_400, plan: 'running' });
    expect([said, written]).toEqual([[], 0]);
    expect(next).toBeGreaterThan(at(60 + 86_400));
  });
});
