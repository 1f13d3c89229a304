import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { judgeWave } from '../../src/app/plans/rolling/judge-wave.ts';
import type { FreezeWindow, Policy } from '../../src/domain/policy.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { policyInForce } from '../support/fake-people.ts';
import { memoryDatabase } from '../support/near/memory-store.ts';
import { portClock } from '../support/port-clock.ts';
import * as s from '../support/rolling-samples.ts';
import { agent, at, drain, inDraining, notRead } from '../support/samples.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const limits = { drainsAtOnce: 3, per: [], brakePercent: 100 };
const frozen: FreezeWindow = {
  name: 'close',
  when: { every: 'once', from: at(0), until: at(99_999) },
  zone: 'UTC',
  freezes: ['drain'],
};

/** What speaks against the first wave, two agents that are kept away, beside one drain of somebody else; and what the master
 * was asked for that. */
async function judged(rules: Partial<Policy> = {}, says: MasterSays = {}) {
  const store = memoryDatabase({ sha256 }).open();
  await store.transact((tx) => tx.insertDrain(drain({ state: inDraining() })));
  const { master, reads } = fakeMaster(says);
  const { clock } = portClock(at(100));
  const deps = { store, master, clock, policy: policyInForce({ limits, ...rules }) };
  const verdict = await judgeWave(deps, s.rolling([s.away, s.away]), 1);
  const why = verdict.begins ? null : verdict.why;
  const refusal = why?.code === 'refused' ? why.refusal : null;
  const about =
    refusal?.code === 'against-policy' ? refusal.objections.map((each) => each.about).join() : null;
  return { why: about ?? refusal?.code ?? why?.code ?? 'begins', reads };
}

describe('a wave, judged right before it begins', () => {
  it('waits where others’ drains use up the limits, and asks the master nothing for that', async () => {
    const { why, reads } = await judged({ limits: { ...limits, drainsAtOnce: 2 } });
    expect(why).toBe('plan-over-limits');
    expect(reads).toEqual([]);
  });

  it('does not begin in a freeze, and asks the master nothing for that', async () => {
    const { why, reads } = await judged({ freezes: [frozen] });
    expect(why).toBe('freeze');
    expect(reads).toEqual([]);
  });

  it.each<[string, Partial<Policy>, MasterSays, string]>([
    ['with the brake on', { limits: { ...limits, brakePercent: 20 } }, {}, 'brake'],
    ['while the master does not list the agents', {}, { failing: ['sweep'] }, 'unreadable'],
    ['while the master does not show an agent', {}, { lookAt: notRead }, 'unreadable'],
    [
      'where an agent is somewhere else by now',
      {},
      {
        lookAt: {
          kind: 'registered',
          leader: 'master-1' as never,
          agent: agent({ hostname: 'other.example' }),
        },
      },
      'line-refused',
    ],
  ])('does not begin %s', async (_, rules, says, expected) => {
    expect((await judged(rules, says)).why).toBe(expected);
  });
});
