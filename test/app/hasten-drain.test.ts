import { describe, expect, it } from '@jest/globals';
import { hastenDrain, offerToHasten } from '../../src/app/drains/hasten-drain.ts';
import type { Store } from '../../src/app/ports.ts';
import type { MasterSighting } from '../../src/domain/agent.ts';
import type { Approval } from '../../src/domain/approval.ts';
import { seconds } from '../../src/domain/ids.ts';
import { approval } from '../support/approval-samples.ts';
import { fakeLog } from '../support/fake-log.ts';
import { fakeMaster } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { drain, draining, foreign, inboxCommand, inDraining, notRead, shows } from '../support/samples.ts';

const ours = drain({ state: inDraining() });
const command = {
  verb: 'hasten' as const,
  drain: ours.id,
  maxGrace: seconds(60),
  insteadOf: seconds(600),
};
const question = approval({ drain: ours.id });

function holding(pending: Approval[]): Store {
  return {
    ...fakeStore().store,
    drain: async () => ({ drain: ours, checkedAt: null }),
    pendingApprovals: async () => pending,
    thread: async () => null,
  };
}

/** How a hasten ends, and how often the door was asked. */
async function hasten(lookAt: MasterSighting, pending: Approval[] = []) {
  let asked = 0;
  const { master } = fakeMaster({ lookAt });
  const ended = await hastenDrain(
    {
      store: holding(pending),
      master,
      clock: portClock().clock,
      newId: () => 'id',
      previewFile: () => null,
      log: fakeLog().log,
      submitCall: async () => {
        asked += 1;
        throw new Error('the door is open');
      },
    },
    command,
    inboxCommand(),
  ).catch((fault: Error) => fault.message);
  return [typeof ended === 'string' || ended.ok ? ended : ended.refusal.code, asked];
}

describe('hastening a drain', () => {
  it('goes to the door where the master shows the drain as it was meant', async () => {
    expect(await hasten(shows(draining))).toEqual(['the door is open', 1]);
  });

  it.each<[string, MasterSighting, string]>([
    ['somebody else’s drain', shows(foreign), 'already-draining'],
    ['no drain', shows(null), 'agent-not-drainable'],
    ['nothing, for it can not be read', notRead, 'agent-not-drainable'],
  ])('sends nothing where the master shows %s', async (_, lookAt, code) => {
    expect(await hasten(lookAt)).toEqual([code, 0]);
  });

  it('sends nothing while a question stands for the drain, and does not offer it', async () => {
    expect(await hasten(shows(draining), [question])).toEqual(['cannot-hasten', 0]);
    expect(await offerToHasten(holding([question]), ours, command)).toBeNull();
    expect(await offerToHasten(holding([]), ours, command)).toMatchObject({
      kind: 'hasten-offer',
      wasSeconds: 600,
      maxGraceSeconds: 60,
    });
  });
});
