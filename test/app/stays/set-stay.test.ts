import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { setStay } from '../../../src/app/stays/set-stay.ts';
import { parseCommand } from '../../../src/commands/parse.ts';
import { drainId, seconds, threadId } from '../../../src/domain/ids.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { fakeMaster } from '../../support/fake-master.ts';
import { policyInForce } from '../../support/fake-people.ts';
import { memoryDatabase } from '../../support/near/memory-store.ts';
import { portClock } from '../../support/port-clock.ts';
import {
  agentId,
  alice,
  at,
  bob,
  channel,
  cluster,
  drain,
  known,
  states,
  typed,
} from '../../support/samples.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hourOf = (by: typeof alice) => ({ outFor: { seconds: seconds(3_600), by }, toldAt: null });

interface Case {
  by: typeof alice;
  text?: string;
  stay?: ReturnType<typeof hourOf>;
  policy?: Partial<Policy>;
}

/** What a command comes to at an agent that alice had drained, proven a minute after noon. */
async function said({ by, text = 'drain agent3 --for 1h', stay, policy }: Case) {
  const store = memoryDatabase({ sha256 }).open();
  const { clock } = portClock(at(600));
  let ids = 0;
  const newId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  await store.transact(async (tx) => {
    await tx.rememberAgents(cluster, [known({ state: 'drained' })]);
    const rootNotice = 'n-0' as never;
    await tx.openThread({ id: threadId('t-1'), channel, rootNotice, drain: drainId(17), approval: null });
    await tx.insertDrain(drain({ state: states.drained, ...(stay === undefined ? {} : { stay }) }));
    await tx.takeIn(typed({ user: by.userId, userName: by.name, text }), 'c-2' as never);
  });
  const parsed = parseCommand(text, { now: clock.now() });
  const [command] = await store.waitingCommands();
  if (!parsed.ok || parsed.value.command.verb !== 'drain' || command === undefined) throw new Error(text);
  const deps = { store, master: fakeMaster({}).master, clock, newId, policy: policyInForce(policy) };
  const set = await setStay(deps, parsed.value.command, agentId, command);
  const [out] = await store.outOfService(cluster);
  return set.ok ? (out?.drain.stay?.outFor ?? null) : set.refusal;
}

describe('the time out of service of an agent that is out already', () => {
  it.each<[string, Case]>([
    ['whoever had it drained', { by: alice }],
    ['somebody else who knows of it', { by: bob, text: 'drain agent3 --for 1h --anyway' }],
    ['whoever said it last', { by: bob, stay: hourOf(bob) }],
  ])('counts from now where it is said by %s', async (_, which) => {
    // Out for nine minutes by now.
    expect(await said(which)).toEqual({ seconds: 540 + 3_600, by: which.by });
  });

  it.each<[string, Case, boolean]>([
    ['who is shown whose it is', { by: bob }, true],
    ['also where a time was said already', { by: bob, stay: hourOf(alice) }, true],
    [
      'for good where the policy has none go on beside another',
      {
        by: bob,
        text: 'drain agent3 --for 1h --anyway',
        policy: { collisions: { rack: 'refuse', framework: 'anyway' } },
      },
      false,
    ],
  ])('is not for somebody else to say, %s', async (_, which, canInsist) => {
    expect(await said(which)).toMatchObject({
      code: 'collides',
      canInsist,
      with: [{ by: alice.userId, same: ['agent3.example'] }],
    });
  });
});
