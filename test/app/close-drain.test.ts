import { describe, expect, it } from '@jest/globals';
import { closeDrain } from '../../src/app/drains/close-drain.ts';
import { VersionConflict } from '../../src/app/faults.ts';
import type { Store } from '../../src/app/ports.ts';
import { fakeStore } from '../support/fake-store.ts';
import { portClock } from '../support/port-clock.ts';
import { drain, inboxCommand, inDraining } from '../support/samples.ts';

/** A store in which a look moves the drain on before each of the first `lost` closings. */
async function close(lost: number) {
  let tries = 0;
  const store: Store = {
    ...fakeStore().store,
    drain: async () => ({ drain: drain({ state: inDraining() }), checkedAt: null }),
    transact: async <T>(): Promise<T> => {
      tries += 1;
      if (tries <= lost) throw new VersionConflict('moved on');
      return undefined as T;
    },
  };
  const { clock } = portClock();
  const command = { verb: 'close', drain: drain().id, reason: 'enough' } as const;
  const ended = closeDrain({ store, clock, newId: () => 'id' }, command, inboxCommand());
  return { ended, tries: () => tries };
}

describe('closing a drain that moves on meanwhile', () => {
  it('closes it as it stands then', async () => {
    const { ended, tries } = await close(2);
    expect(await ended).toEqual({ ok: true, value: 'settled' });
    expect(tries()).toBe(3);
  });

  it('does not try for ever', async () => {
    const { ended, tries } = await close(99);
    await expect(ended).rejects.toThrow('moved on');
    expect(tries()).toBe(4);
  });
});
