import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { globMatches, listAgents } from '../../src/app/agents/list-agents.ts';
import type { KnownAgent } from '../../src/domain/agent.ts';
import type { Command } from '../../src/domain/command.ts';
import { agentId } from '../../src/domain/ids.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import { agent, at, known, leader } from '../support/samples.ts';

describe('globMatches', () => {
  it.each([
    ['agent3', 'agent3', true],
    ['agent3', 'agent30', false],
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'agent3.example', true],
    ['agent*', 'agent', true],
    ['agent*', 'my-agent', false],
    ['*.example', 'agent3.example', true],
    ['*.example', 'agent3.example.org', false],
    ['a*t3', 'agent3', true],
    ['agent*agent', 'agent', false],
    ['ab*ab', 'aba', false],
    ['a*b*c', 'a-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a**c', 'abc', true],
    ['a.c', 'abc', false],
    ['agent[3]', 'agent3', false],
    ['agent?', 'agent3', false],
  ])('%p on %p is %p', (glob, text, expected) => {
    expect(globMatches(glob, text)).toBe(expected);
  });

  it('agrees with the regular expression that a pattern of letters and stars means', async () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 }).map((each) => each.join(''));
    const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((each) => each.join(''));
    await fc.assert(
      fc.property(letters, text, (glob, on) => {
        expect(globMatches(glob, on)).toBe(new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(on));
      }),
    );
  });
});

const agents = [
  known({ agentId: agentId('x-S10'), hostname: 'agent10.example', attributes: { rack: 'r2' } }),
  known({ agentId: agentId('x-S9'), hostname: 'agent9.example', state: 'drained', lastSeenAt: at(30) }),
  known({ agentId: agentId('x-S2'), hostname: 'Agent2.example', state: 'unreachable' }),
];

async function list(
  over: Partial<Extract<Command, { verb: 'agents' }>> = {},
  directory: KnownAgent[] = agents,
  says: MasterSays = {},
) {
  const { master, reads } = fakeMaster(says);
  const command = { verb: 'agents', state: null, attribute: null, host: null, ...over } as const;
  const notice = await listAgents({ store: fakeStore({ directory }).store, master }, command, at(60));
  if (notice.kind !== 'agents') throw new Error(`answered ${notice.kind}`);
  return { ...notice, names: notice.agents.map(({ hostname }) => hostname), reads };
}

describe('the list of agents', () => {
  it('is in the order in which people count, and as fresh as the newest look', async () => {
    const { names, asOf, filtered, reads } = await list();
    expect(names).toEqual(['Agent2.example', 'agent9.example', 'agent10.example']);
    expect([asOf, filtered, reads]).toEqual([at(30), false, []]);
  });

  it.each([
    ['by state', { state: 'drained' as const }, ['agent9.example']],
    ['by attribute', { attribute: { name: 'rack', value: 'r2' } }, ['agent10.example']],
    ['by host, in any letter case', { host: 'AGENT2*' }, ['Agent2.example']],
    ['by all of them at once', { state: 'active' as const, host: '*9*' }, []],
  ])('is filtered %s, and says so', async (_, over, expected) => {
    const { names, filtered } = await list(over);
    expect([names, filtered]).toEqual([expected, true]);
  });

  it('comes from the master where the directory is still empty', async () => {
    const { names, asOf } = await list({}, []);
    expect([names, asOf]).toEqual([[agent().hostname], at(60)]);
  });

  it('is of now where there are no agents at all', async () => {
    const none = {
      leader: { id: leader, version: '1.11.0', url: '', canDrain: true },
      registered: [],
      recovered: [],
    };
    expect(await list({}, [], { sweep: none })).toMatchObject({ agents: [], asOf: at(60) });
  });
});
