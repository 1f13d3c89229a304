import { describe, expect, it } from '@jest/globals';
import { agentGate } from '../../src/mesos/networks.ts';

const remote = [new URL('http://10.0.0.1:5050')];
const local = [
  new URL('http://127.0.0.1:5050'),
  new URL('http://localhost:5051'),
  new URL('http://[::1]:5052'),
];

describe('the agent networks', () => {
  it.each([
    ['an address inside', '10.1.2.3', ['10.0.0.0/8'], remote],
    ['an IPv6 address inside', 'fd00::7', ['fd00::/8'], remote],
    ['loopback where every master is loopback', '127.0.0.1', [], local],
  ])('let %s through', (_, ip, networks, masters) => {
    expect(agentGate(networks, masters)(ip)).toBeNull();
  });

  it.each([
    ['an address outside', '192.0.2.1', ['10.0.0.0/8'], remote],
    ['any address where none is configured', '10.0.0.1', [], remote],
    ['loopback where a master is elsewhere', '127.0.0.1', ['0.0.0.0/0'], [...local, ...remote]],
    ['link-local, whatever is configured', '169.254.169.254', ['0.0.0.0/0'], local],
    ['IPv6 link-local', 'fe80::1', ['::/0'], local],
    ['the unspecified address', '0.0.0.0', ['0.0.0.0/0'], local],
    ['multicast', '239.1.1.1', ['0.0.0.0/0'], remote],
    ['IPv4 in IPv6 clothes', '::ffff:10.1.2.3', ['10.0.0.0/8', '::/0'], remote],
    ['a name', 'agent1.example', ['0.0.0.0/0'], local],
    ['an address with a zone', 'fd00::7%eth0', ['fd00::/8'], remote],
  ])('keep %s out, and say why', (_, ip, networks, masters) => {
    expect(agentGate(networks, masters)(ip)).toEqual(expect.any(String));
  });

  it.each([['10.0.0.0'], ['10.0.0.0/33'], ['x/8'], ['10.0.0.0/8/8'], ['fd00::/129']])(
    'refuse %s at the start',
    (cidr) => {
      expect(() => agentGate([cidr], remote)).toThrow('not a CIDR');
    },
  );
});
