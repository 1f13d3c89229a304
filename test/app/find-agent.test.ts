import { describe, expect, it } from '@jest/globals';
import { findAgent, findAgents } from '../../src/app/agents/find-agent.ts';
import type { Risk } from '../../src/domain/command.ts';
import { fakeMaster } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import { agent, agentId, known, leader, newerAgent, noon } from '../support/samples.ts';

const { hostname } = known();
const self = { id: leader, version: '1.11.0', url: 'http://master1.example:5050', canDrain: true };

/** The machine came back as a new agent since the last sweep; the directory still has its old id, as active. */
async function find(typed: string, risk: Risk) {
  const { store } = fakeStore({ directory: [known({ state: 'active' })] });
  const registered = [agent({ agentId: newerAgent, hostname })];
  const { master, reads } = fakeMaster({ sweep: { leader: self, registered, recovered: [] } });
  const found = await findAgent({ store, master, now: noon }, { typed }, risk);
  return { found, swept: reads.includes('sweep') };
}

describe('the agent that a person named', () => {
  it('is chosen from a fresh list by its hostname where something is to be changed', async () => {
    const { found, swept } = await find(hostname, 'reversible');
    expect(swept).toBe(true);
    expect(found).toMatchObject({
      ok: true,
      value: { chosen: { agentId: newerAgent }, others: [{ agentId }] },
    });
  });

  it('is what the directory knows where something is only read', async () => {
    const { found, swept } = await find(hostname, 'read');
    expect(swept).toBe(false);
    expect(found).toMatchObject({ ok: true, value: { chosen: { agentId } } });
  });

  it('is the one of its id, which needs no fresh list', async () => {
    const { found, swept } = await find(agentId, 'reversible');
    expect(swept).toBe(false);
    expect(found).toMatchObject({ ok: true, value: { chosen: { agentId } } });
  });
});

describe('the agents that were selected', () => {
  const targets = { where: [], hosts: ['*'] };

  it.each([
    ['out of what is there now, where something is to be changed', 'reversible', newerAgent, true],
    ['out of what the directory knows, where something is only read', 'read', agentId, false],
  ] as const)('are chosen %s', async (_, risk, expected, sweeps) => {
    const { store } = fakeStore({ directory: [known({ state: 'active' })] });
    const registered = [agent({ agentId: newerAgent, hostname })];
    const { master, reads } = fakeMaster({ sweep: { leader: self, registered, recovered: [] } });
    const found = await findAgents({ store, master, now: noon }, targets, risk);
    expect(found).toMatchObject({ ok: true, value: [{ chosen: { agentId: expected } }] });
    expect(reads.includes('sweep')).toBe(sweeps);
  });
});
