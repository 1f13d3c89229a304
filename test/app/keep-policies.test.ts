import { describe, expect, it } from '@jest/globals';
import { makePolicies, type Reread } from '../../src/app/policies/keep-policies.ts';
import type { FiledPolicy } from '../../src/app/ports.ts';
import { canonical } from '../../src/domain/audit.ts';
import { channelId, clusterName } from '../../src/domain/ids.ts';
import { policyInWords } from '../../src/domain/policy/in-words.ts';
import { defaultPolicy, type Policy } from '../../src/domain/policy.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeStore, storeDown } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';

const prod = clusterName('prod');
const lab = clusterName('lab');
const stricter: Policy = { ...defaultPolicy, limits: { ...defaultPolicy.limits, drainsAtOnce: 1, per: [] } };
const hash = (policy: Policy) => sha256(canonical(policy));
const filed = (policy: Policy, event: FiledPolicy['event'] = 'policy.changed'): FiledPolicy => ({
  event,
  hash: hash(policy),
  policy: policyInWords(policy),
});

function kept(latest: FiledPolicy | null = null, start = [{ name: prod, policy: defaultPolicy }]) {
  const { store, committed, door } = fakeStore();
  const { log } = fakeLog();
  let ids = 0;
  const policies = makePolicies(
    {
      store: { ...store, latestPolicy: async () => latest },
      clock: portClock().clock,
      newId: () => `id-${++ids}`,
      log,
      sha256,
      opsChannel: channelId('C0OPS00001'),
      onWritten: () => {},
    },
    start,
  );
  return { policies, committed, door, inForce: policies.of(prod) };
}

const reread = (policy: Policy, restart: string[] = []): Reread => ({
  ok: true,
  clusters: [{ name: prod, policy }],
  restart,
});
const bad: Reread = { ok: false, problems: ['prod.yaml:3 approvals.needed must be at least 1'] };

describe('at the start, the log is told', () => {
  it.each<[string, FiledPolicy | null, object[]]>([
    [
      'the first policy that it has',
      null,
      [{ event: 'policy.changed', cluster: prod, outcome: 'first', facts: { was: null, changes: [] } }],
    ],
    ['nothing, where it has this one', filed(defaultPolicy), []],
    [
      'what has changed since',
      filed(stricter),
      [
        {
          outcome: 'changed',
          facts: {
            was: hash(stricter),
            hash: hash(defaultPolicy),
            changes: [
              { setting: 'limits.draining_at_once', was: '1', is: '3' },
              { setting: 'limits.per_attribute', was: 'none', is: '1 with the same rack' },
            ],
          },
        },
      ],
    ],
    [
      'that it can be read again',
      filed(defaultPolicy, 'policy.broken'),
      [{ outcome: 'restored', facts: { was: hash(defaultPolicy), changes: [] } }],
    ],
  ])('%s', async (_, latest, entries) => {
    const { policies, committed } = kept(latest);
    await policies.atStart();
    expect(committed.audit).toMatchObject(entries);
    expect(committed.audit).toHaveLength(entries.length);
  });
});

describe('a policy that is read again', () => {
  it('counts at once, is filed with what it changes, and told', async () => {
    const { policies, committed, inForce } = kept();
    await policies.reload(reread(stricter, ['timing']));
    expect(inForce.current()).toEqual(stricter);
    expect(committed.audit).toMatchObject([
      { event: 'policy.changed', cluster: prod, outcome: 'changed', facts: { hash: hash(stricter) } },
    ]);
    expect(committed.queued).toMatchObject([
      {
        what: {
          matter: 'policy',
          news: { what: 'changed', clusters: [{ cluster: prod }], restored: false, restart: ['timing'] },
        },
      },
    ]);
  });

  it('is not worth a word where it says the same', async () => {
    const { policies, committed } = kept();
    await policies.reload(reread(structuredClone(defaultPolicy)));
    expect([...committed.audit, ...committed.queued]).toEqual([]);
  });

  it('waits for the next start where its cluster is new', async () => {
    const { policies, committed, inForce } = kept();
    await policies.reload({ ok: true, clusters: [{ name: lab, policy: stricter }], restart: [] });
    expect(inForce.current()).toEqual(defaultPolicy);
    expect(committed.audit).toEqual([]);
  });

  it('does not count while it can not be filed', async () => {
    const { policies, door, inForce } = kept();
    door.commit = () => {
      throw storeDown();
    };
    await policies.reload(reread(stricter));
    expect(inForce.current()).toEqual(defaultPolicy);
    expect(inForce.trouble()).toBeNull();
  });
});

describe('a file that can not be used', () => {
  it('keeps the policy, says why, and is filed and told', async () => {
    const { policies, committed, inForce } = kept();
    await policies.reload(bad);
    expect(inForce.current()).toEqual(defaultPolicy);
    expect(inForce.trouble()).toBe('prod.yaml:3 approvals.needed must be at least 1');
    expect(committed.audit).toMatchObject([
      { event: 'policy.broken', cluster: prod, outcome: 'kept', facts: { hash: hash(defaultPolicy) } },
    ]);
    expect(committed.queued).toMatchObject([{ what: { news: { what: 'broken' } } }]);
  });

  it('stops what can not be undone also where that can not be filed', async () => {
    const { policies, door, inForce } = kept();
    door.commit = () => {
      throw storeDown();
    };
    await policies.reload(bad);
    expect(inForce.trouble()).not.toBeNull();
  });

  it.each<[string, Policy]>([
    ['the same', defaultPolicy],
    ['another policy', stricter],
  ])('is over with a good one, which says %s', async (_, policy) => {
    const { policies, committed, inForce } = kept();
    await policies.reload(bad);
    await policies.reload(reread(policy));
    expect(inForce.trouble()).toBeNull();
    expect(inForce.current()).toEqual(policy);
    expect(committed.audit.at(-1)).toMatchObject({ event: 'policy.changed', outcome: 'restored' });
    expect(committed.queued.at(-1)).toMatchObject({
      what: { news: { what: 'changed', restored: true } },
    });
  });
});
