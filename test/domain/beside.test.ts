import { describe, expect, it } from '@jest/globals';
import type { OtherWork } from '../../src/domain/approval/may-ask.ts';
import { type Beside, insistsOf, insistsStanding, judgeBeside } from '../../src/domain/beside.ts';
import type { ClusterLook } from '../../src/domain/brake.ts';
import type { AboutAgent } from '../../src/domain/collisions.ts';
import { correlationId, agentId as id, instant } from '../../src/domain/ids.ts';
import { defaultPolicy, type Policy } from '../../src/domain/policy.ts';
import { approval, keyed } from '../support/approval-samples.ts';
import { agentsPlan, next } from '../support/plan-samples.ts';
import { alice, at, bob, drain, known, states } from '../support/samples.ts';

const marathon = { id: 'f-1', name: 'marathon' };
const chronos = { id: 'f-2', name: 'chronos' };

/** agent7 of rack r7, on which bob is about to do something. */
const mine: AboutAgent = { agentId: id('a7'), attributes: { rack: 'r7' }, frameworks: [marathon] };
const none: OtherWork = {
  drains: [],
  drained: [],
  approvals: [],
  markings: [],
  plans: [],
  reactivations: [],
};

/** alice drains agent3 of another rack, on which a framework of hers has tasks. */
function hers(over: Parameters<typeof drain>[0] = {}) {
  return drain({ attributes: { rack: 'r12' }, runsFor: [chronos], requester: alice, ...over });
}

function judge(
  work: Partial<OtherWork>,
  {
    about = mine,
    insists = insistsOf({}),
    rules = {},
    look = null,
  }: {
    about?: AboutAgent;
    insists?: Parameters<typeof judgeBeside>[0]['insists'];
    rules?: Partial<Policy['collisions']>;
    look?: ClusterLook | null;
  } = {},
) {
  const policy = { ...defaultPolicy, collisions: { ...defaultPolicy.collisions, ...rules } };
  const wanted = { by: bob.userId, agents: [about], insists };
  return judgeBeside(wanted, { ...none, ...work }, look, policy, () => ({ rack: 'r7' }));
}

function collides(...given: Parameters<typeof judge>): unknown {
  const { refusal } = judge(...given);
  if (refusal === null) return 'no';
  if (refusal.code !== 'collides') return refusal.code;
  const [first] = refusal.with;
  return {
    same: first?.same,
    racks: first?.racks,
    frameworks: first?.frameworks,
    ...(first?.notKnown ? { notKnown: true } : {}),
    ...(refusal.canInsist ? {} : { insists: 'in vain' }),
  };
}

const nothing = { same: [], racks: [], frameworks: [] };

describe('the open work of others', () => {
  it.each([
    ['in another rack, for another framework', hers(), 'no'],
    ['in the same rack', hers({ attributes: { rack: 'r7' } }), { ...nothing, racks: ['r7'] }],
    ['for the same framework', hers({ runsFor: [marathon] }), { ...nothing, frameworks: ['marathon'] }],
    ['on the same agent', hers({ agentId: id('a7'), hostname: 'agent7' }), { ...nothing, same: ['agent7'] }],
    ['of one’s own', hers({ attributes: { rack: 'r7' }, requester: bob }), 'no'],
    ['on an agent that ran nothing', hers({ runsFor: [] }), 'no'],
  ])('collides where it is %s', (_, work, expected) => {
    expect(collides({ drains: [work] })).toEqual(expected);
  });

  it('counts as shared where nobody can say which frameworks are touched', () => {
    const { runsFor: _, ...older } = hers();
    const notKnown = { ...nothing, notKnown: true };
    expect(collides({ drains: [older] })).toEqual(notKnown);
    expect(collides({ drains: [hers()] }, { about: { ...mine, frameworks: null } })).toEqual(notKnown);
    expect(collides({ drains: [older] }, { about: { ...mine, frameworks: [] } })).toBe('no');
  });

  it('collides by its rack alone, once its tasks have ended', () => {
    const out = hers({ runsFor: [marathon], state: states.drained });
    expect(collides({ drained: [out] })).toBe('no');
    expect(collides({ drained: [{ ...out, attributes: { rack: 'r7' } }] })).toEqual({
      ...nothing,
      racks: ['r7'],
    });
  });

  it('collides as a question, and as a plan that runs or is asked for; one that brings agents back or waits for its hour does not', () => {
    const question = approval({
      requester: keyed(alice),
      beside: { anyway: false, accepted: [], since: at(0), frameworks: [marathon] },
    });
    const both = { ...nothing, racks: ['r7'], frameworks: ['marathon'] };
    expect(collides({ approvals: [question] })).toEqual(both);
    const running = next(agentsPlan(), { status: 'running', since: at(0) });
    const lines = running.lines.map((line) => ({
      ...line,
      shown: { ...line.shown, frameworks: [marathon] },
    }));
    expect(collides({ plans: [{ ...running, lines }] })).toEqual(both);
    expect(collides({ plans: [{ ...running, lines, work: { do: 'reactivate' } }] })).toBe('no');
    expect(collides({ plans: [{ ...agentsPlan(), lines }] })).toBe('no');
    const hour = { at: at(60), zone: null };
    expect(collides({ plans: [{ ...running, lines, state: { status: 'scheduled', hour } }] })).toBe('no');
  });

  it('is one entry for all that came of one command', () => {
    const [a, b] = [1, 2].map((n) =>
      hers({
        agentId: id(`b${n}`),
        hostname: `host${n}`,
        attributes: { rack: 'r7' },
        intendedAt: at(10 - n),
      }),
    );
    const { refusal } = judge({ drains: [a, b].flatMap((each) => each ?? []) });
    expect(refusal).toMatchObject({
      with: [{ hostnames: ['host1', 'host2'], since: at(8), by: alice.userId }],
    });
  });

  it.each([
    [{ rack: 'ignore' }, 'no'],
    [{ framework: 'ignore' }, { ...nothing, racks: ['r7'] }],
    [{ rack: 'refuse' }, { ...nothing, racks: ['r7'], insists: 'in vain' }],
    [{ framework: 'refuse' }, { ...nothing, racks: ['r7'] }],
  ] as const)('is judged by the rules of the policy: %j', (rules, expected) => {
    const work = { drains: [hers({ attributes: { rack: 'r7' } })] };
    expect(collides(work, { rules })).toEqual(expected);
  });

  it('is gone on beside with --anyway, where the policy allows it, and is known then', () => {
    const work = { drains: [hers({ attributes: { rack: 'r7' } })] };
    const insists = insistsOf({ anyway: true });
    const verdict = judge(work, { insists });
    expect(verdict.refusal).toBeNull();
    expect(verdict.collisions).toMatchObject([{ racks: ['r7'] }]);
    expect(judge(work, { insists, rules: { rack: 'refuse' } }).refusal).toMatchObject({ canInsist: false });
  });

  it('was accepted, or begun beside what stands already: neither is new', () => {
    const work = { drains: [hers({ attributes: { rack: 'r7' }, intendedAt: at(10) })] };
    const beside: Beside = { anyway: true, accepted: [], since: at(10) };
    const judged = (over: Partial<Beside>) =>
      judge(work, { insists: insistsStanding({ ...beside, ...over }, null, []) }).refusal?.code ?? 'no';
    expect(judged({})).toBe('no');
    expect(judged({ since: at(11) })).toBe('collides');
    expect(judged({ since: at(11), accepted: [hers().correlation] })).toBe('no');
    expect(judged({ since: at(11), accepted: [correlationId('another')] })).toBe('collides');
  });
});

describe('the brake', () => {
  /** Two of six are out. */
  const look: ClusterLook = {
    agents: ['drained', 'unreachable', 'active', 'active', 'active', 'active'].map((state, n) =>
      known({
        agentId: id(`a${n + 4}`),
        hostname: `host${n}`,
        address: null,
        state: state as 'active',
      }),
    ),
    unexplained: [],
    down: [],
  };

  it.each([
    ['no', 'against-policy'],
    ['any', 'overridden'],
    // A second person agreed to so many: a few more are no matter.
    [2, 'overridden'],
    [1, 'overridden'],
    [0, 'against-policy'],
  ] as const)('refuses while %s so many out was agreed to: %s', (brake, expected) => {
    const insists = { anyway: false, accepted: [], since: null, brake };
    const verdict = judge({}, { look, insists });
    expect(verdict.refusal?.code ?? (verdict.brake === null ? 'off' : 'overridden')).toBe(expected);
  });

  it('does not count the agent that it is about, and counts what others are about to take out', () => {
    const about = { ...mine, agentId: id('a4') };
    expect(judge({}, { look, about }).refusal).toBeNull();
    const work = { drains: [hers({ agentId: id('a6') })] };
    expect(judge(work, { look, about }).refusal).toMatchObject({
      objections: [{ about: 'brake', out: 2, of: 6, canOverride: true }],
    });
  });

  it('is what an approval for it agreed to', () => {
    const because = [{ why: 'brake' as const, out: 2, of: 6, notKnown: 0, percent: 20 }];
    expect(insistsStanding(undefined, instant(0), because)).toMatchObject({ brake: 2, accepted: [] });
    expect(insistsStanding(undefined, instant(0), [])).toMatchObject({ brake: 'no', since: 0 });
  });
});
