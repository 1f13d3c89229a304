import { describe, expect, it } from '@jest/globals';
import type { KnownAgent } from '../../src/domain/agent.ts';
import { agentId, instant } from '../../src/domain/ids.ts';
import { isRegistered, resolveTarget } from '../../src/domain/target.ts';

function agent(
  id: string,
  hostname: string,
  ip: string | null,
  state: KnownAgent['state'] = 'active',
): KnownAgent {
  return {
    agentId: agentId(id),
    hostname,
    address: ip === null ? null : { ip, port: 5051 },
    attributes: {},
    held: [],
    state,
    room: null,
    lastSeenAt: instant(1_000),
  };
}

const a = '3669f2a1-5c1e-4f7b-9d2c-0a1b2c3d4e5f-0000';
const b = '77aa0b1c-0000-4000-8000-000000000000-0001';
const fleet = [
  agent(`${a}-S4`, 'agent4.example', '10.0.0.4'),
  agent(`${a}-S42`, 'agent42.example', '10.0.0.42'),
  agent(`${a}-S7`, 'agent7.example', '10.0.0.7', 'unreachable'),
  agent(`${b}-S7`, 'agent8.example', '10.0.0.8'),
  // Re-imaged: a new id on the same host, and another address.
  agent(`${a}-S3`, 'agent3.example', '10.0.0.3', 'gone'),
  agent(`${b}-S33`, 'agent3.example', '10.0.0.33'),
  // Re-imaged, and neither is there now.
  agent(`${a}-S5`, 'agent5.example', '10.0.0.5', 'gone'),
  agent(`${b}-S55`, 'agent5.example', '10.0.0.5', 'unreachable'),
  // Two agents on one host.
  agent(`${b}-S61`, 'agent6.example', '10.0.0.6'),
  agent(`${b}-S62`, 'agent6.example', '10.0.0.6', 'drained'),
  // One first label in two domains.
  agent(`${b}-S91`, 'db.east.example', '10.0.1.1'),
  agent(`${b}-S92`, 'db.west.example', '10.0.1.2'),
  // A whole name that is also another's first label.
  agent(`${b}-S93`, 'web', '10.0.1.3'),
  agent(`${b}-S94`, 'web.example', '10.0.1.4'),
  // A hostname that looks like the end of an id.
  agent(`${b}-S95`, 's42', '10.0.1.5'),
  agent(`${b}-S96`, '10.0.9.9', '10.0.9.9'),
  agent(`${b}-S97`, 'restored.example', null, 'recovered'),
];

describe('resolveTarget', () => {
  it.each([
    ['the whole id', `${a}-S42`, `${a}-S42`],
    ['the final component, not the longer one that begins like it', 'S4', `${a}-S4`],
    ['the final component in any letter case', 's4', `${a}-S4`],
    ['8 letters of the beginning and the final component', '3669f2a1-S4', `${a}-S4`],
    ['all but the middle of the id', `${a.slice(0, 20)}-S42`, `${a}-S42`],
    ['a beginning that tells two apart', '77aa0b1c-S7', `${b}-S7`],
    ['a hostname', 'agent4.example', `${a}-S4`],
    ['a hostname in capitals', 'AGENT4.Example', `${a}-S4`],
    ['a hostname’s first label', 'agent4', `${a}-S4`],
    ['an IP', '10.0.0.42', `${a}-S42`],
    ['an IP that is the hostname too', '10.0.9.9', `${b}-S96`],
    ['a whole hostname before another’s first label', 'web', `${b}-S93`],
    ['one that isn’t registered, when it is the only one', 'agent7', `${a}-S7`],
    ['one without an address', 'restored', `${b}-S97`],
  ])('finds an agent by %s', (_, typed, id) => {
    for (const risk of ['read', 'reversible', 'irreversible'] as const) {
      const result = resolveTarget(typed, fleet, risk);
      expect(result.ok && result.value.chosen.agentId).toBe(id);
      expect(result.ok && result.value.others).toEqual([]);
    }
  });

  it.each(['agent3', 'agent3.example', 'Agent3.EXAMPLE'])(
    'takes the registered id of %s for what can be undone, and names the other',
    (typed) => {
      for (const risk of ['read', 'reversible'] as const) {
        const result = resolveTarget(typed, fleet, risk);
        expect(result.ok && result.value.chosen.agentId).toBe(`${b}-S33`);
        expect(result.ok && result.value.others.map((other) => other.agentId)).toEqual([`${a}-S3`]);
      }
    },
  );

  it.each(['agent3', 'agent3.example', '10.0.0.3', '10.0.0.33'])(
    'wants the id typed for what can’t be undone, when %s is a host of two ids',
    (typed) => {
      expect(resolveTarget(typed, fleet, 'irreversible')).toMatchObject({
        ok: false,
        refusal: {
          code: 'ambiguous-agent',
          typed,
          candidates: [
            { agentId: `${b}-S33`, hostname: 'agent3.example', state: 'active' },
            { agentId: `${a}-S3`, hostname: 'agent3.example', state: 'gone' },
          ],
        },
      });
    },
  );

  it('takes the typed id of a host of two ids for what can’t be undone', () => {
    for (const typed of [`${a}-S3`, 'S3', '3669f2a1-S3']) {
      const result = resolveTarget(typed, fleet, 'irreversible');
      expect(result.ok && result.value.chosen.agentId).toBe(`${a}-S3`);
    }
  });

  it.each([
    ['the final component is on two ids', 'S7', [`${b}-S7`, `${a}-S7`]],
    ['it is the end of one id and the hostname of another agent', 'S42', [`${a}-S42`, `${b}-S95`]],
    ['a first label is in two domains', 'db', [`${b}-S91`, `${b}-S92`]],
    ['two registered agents are on one host', 'agent6', [`${b}-S61`, `${b}-S62`]],
    ['no id of the host is registered', 'agent5', [`${a}-S5`, `${b}-S55`]],
    ['no id of the IP is registered', '10.0.0.5', [`${a}-S5`, `${b}-S55`]],
  ])('never guesses when %s', (_, typed, ids) => {
    for (const risk of ['read', 'reversible', 'irreversible'] as const) {
      const result = resolveTarget(typed, fleet, risk);
      expect(!result.ok && result.refusal.code === 'ambiguous-agent' && result.refusal.candidates).toEqual(
        ids.map((id) => expect.objectContaining({ agentId: id })),
      );
    }
  });

  it.each([
    ['a part of a component', '2'],
    ['fewer than 8 letters of the beginning', '3669f2a-S4'],
    ['another beginning', '99999999-S4'],
    ['a beginning alone', '3669f2a1'],
    ['a component in the middle', '4f7b'],
    ['a piece of a hostname', 'agent4.exam'],
    ['the first number of an IP', '10'],
    ['nothing', ''],
  ])('finds none by %s', (_, typed) => {
    expect(resolveTarget(typed, fleet, 'read')).toMatchObject({ refusal: { code: 'no-such-agent', typed } });
  });

  it.each([
    ['agnet4', 'agent4.example'],
    ['agent4.exampel', 'agent4.example'],
    ['S43', 'agent42.example'],
  ])('names what is near to %s, three at most', (typed, hostname) => {
    const result = resolveTarget(typed, fleet, 'read');
    const near = !result.ok && result.refusal.code === 'no-such-agent' ? result.refusal.near : [];
    expect(near.map((label) => label.hostname)).toContain(hostname);
    expect(near.length).toBeLessThanOrEqual(3);
  });

  it('names nothing near when nothing is', () => {
    expect(resolveTarget('zzzzzz', fleet, 'read')).toMatchObject({ refusal: { near: [] } });
  });
});

describe('isRegistered', () => {
  it.each([
    ['active', true],
    ['deactivated', true],
    ['draining', true],
    ['drained', true],
    ['disconnected', true],
    ['recovered', false],
    ['unreachable', false],
    ['gone', false],
    ['unlisted', false],
  ] as const)('of %s is %s', (state, registered) => {
    expect(isRegistered({ state })).toBe(registered);
  });
});
