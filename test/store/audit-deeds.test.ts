import { describe, expect, it } from '@jest/globals';
import type { Store } from '../../src/app/ports.ts';
import type { AuditFilter } from '../../src/domain/audit/filter.ts';
import type { AuditDraft } from '../../src/domain/audit.ts';
import * as ids from '../../src/domain/ids.ts';
import { placesQuery } from '../../src/store/audit-deeds.ts';
import { everyEntry } from '../support/read-audit.ts';
import { cleanUp, freshPath, open, withFile } from './fresh-store.ts';
import { noon } from './noon.ts';
import { agentId, alice, bob, draft } from './samples.ts';

cleanUp();

const bot = { kind: 'bot' } as const;
const byBob = { kind: 'person', person: bob } as const;
const other = { id: 'other-S4', hostname: 'agent3.example' };
const agent5 = { id: 'other-S5', hostname: 'agent5.example' };

type Line = Partial<AuditDraft> & { verb?: string; elsewhere?: true };

/** In order, a second apart: number, correlation and event, and what is not as in the sample of an entry by alice on agent3. */
const log: [number, string, AuditDraft['event'], Line?][] = [
  [1, 'start', 'bot.started', { actor: bot, elsewhere: true }],
  [2, 'gone', 'approval.asked', { verb: 'drain' }],
  [3, 'gone', 'approval.vote', { facts: { command: 'drain' }, outcome: 'refused own-vote' }],
  [4, 'gone', 'approval.vote', { actor: byBob, facts: { command: 'drain' } }],
  [5, 'gone', 'call.intended', { drain: 1 }],
  [6, 'read', 'command.answered', { actor: byBob, verb: 'status', elsewhere: true }],
  [7, 'no', 'command.refused', { actor: byBob, verb: 'mark-gone' }],
  [8, 'gone', 'drain.drained', { actor: bot, drain: 1 }],
  [9, 'faster', 'call.intended', { verb: 'hasten', drain: 1, request: { call: 'DRAIN_AGENT', body: '' } }],
  [10, 'gone', 'drain.hastened', { actor: bot, drain: 1 }],
  [11, 'two', 'call.intended', { actor: byBob, verb: 'reactivate', agent: other }],
  [12, 'two', 'call.intended', { actor: byBob, verb: 'reactivate', agent: agent5 }],
  [13, 'new', 'outside.seen' as 'bot.started', { actor: { kind: 'outside' }, agent: agent5 }],
  [14, 'head', 'head.signed', { actor: bot, elsewhere: true }],
];

async function filled(): Promise<Store> {
  const store = await open();
  await store.transact(async (tx) => {
    for (const [seq, correlation, event, { verb, elsewhere, ...rest } = {}] of log) {
      const { agent, command: _, ...common } = draft({ at: ids.after(noon, seq * 1000), correlation, event });
      const command = verb === undefined ? {} : { command: { typed: verb, parsed: { verb } } };
      await tx.append({ ...common, ...(elsewhere || !agent ? {} : { agent }), ...command, ...rest });
    }
  });
  return store;
}

const all = { before: null, limit: 100 };
const places = async (
  store: Store,
  filter: Partial<AuditFilter>,
  page: Parameters<Store['auditDeeds']>[1] = all,
) => {
  const { deeds, older } = await store.auditDeeds({ ...everyEntry, ...filter }, page);
  return [deeds.map(({ place }) => place), older];
};
const second = (n: number) => ids.after(noon, n * 1000);

describe('the deeds of the log', () => {
  it('are found by whatever they are narrowed by, each once, newest first, and none by what can only follow', async () => {
    const store = await filled();
    const rows: [Partial<AuditFilter>, number[]][] = [
      [{}, [13, 11, 9, 7, 2, 1]],
      [{ agent: agentId }, [9, 7, 2]],
      [{ agent: 'Agent3.EXAMPLE' }, [11, 9, 7, 2]],
      [{ agent: agent5.hostname }, [13, 12]],
      [{ agent: 'agent9' }, []],
      [{ by: alice.userId }, [9, 2]],
      // What somebody voted on too; but not what they only looked at.
      [{ by: bob.userId }, [11, 7, 4]],
      [{ command: 'drain' }, [2]],
      [{ command: 'status' }, [6]],
      [{ by: bob.userId, command: 'drain' }, [4]],
      [{ by: bob.userId, command: 'status' }, [6]],
      [{ agent: agentId, by: bob.userId }, [7, 4]],
      [{ agent: agentId, command: 'mark-gone' }, [7]],
      [{ agent: other.hostname, by: bob.userId, command: 'reactivate' }, [11]],
      [{ since: second(9) }, [13, 11, 9]],
      [{ until: second(9) }, [7, 2, 1]],
      [{ agent: agentId, by: bob.userId, since: second(4), until: second(7) }, [4]],
    ];
    for (const [filter, expected] of rows)
      expect([filter, ...(await places(store, filter))]).toEqual([filter, expected, false]);
  });

  it('come a page at a time, also from an entry that is not there', async () => {
    const store = await filled();
    expect(await places(store, {}, { before: null, limit: 2 })).toEqual([[13, 11], true]);
    expect(await places(store, {}, { before: 11, limit: 2 })).toEqual([[9, 7], true]);
    expect(await places(store, {}, { before: 7, limit: 2 })).toEqual([[2, 1], false]);
    expect(await places(store, {}, { before: 1, limit: 2 })).toEqual([[], false]);
    expect(await places(store, {}, { before: 900, limit: 1 })).toEqual([[13], true]);
  });

  it('bring all that followed, and what became of a change of a drain', async () => {
    const store = await filled();
    const { deeds } = await store.auditDeeds({ ...everyEntry, agent: agentId }, all);
    expect(
      deeds.map(({ entries, sequels }) => [entries.map(({ seq }) => seq), sequels.map(({ seq }) => seq)]),
    ).toEqual([
      [[9], [10]],
      [[7], []],
      [[2, 3, 4, 5, 8, 10], []],
    ]);
  });

  it('of one drain are a story with all that names it, a page at a time', async () => {
    const store = await filled();
    const work = { correlation: ids.correlationId('gone'), drain: ids.drainId(1) };
    const story = async (after: number, limit: number) => {
      const { entries, later } = await store.auditStory(work, { after, limit });
      return [entries.map(({ seq }) => seq), later];
    };
    expect(await story(0, 100)).toEqual([[2, 3, 4, 5, 8, 9, 10], false]);
    expect(await story(3, 2)).toEqual([[4, 5], true]);
  });

  it('with very many entries lack those in the middle', async () => {
    const store = await open();
    await store.transact(async (tx) => {
      for (let n = 0; n < 130; n++) await tx.append(draft());
    });
    const seqs = (await store.auditEntries(ids.correlationId('c-1'))).map(({ seq }) => seq);
    expect([seqs.length, seqs[59], seqs[60], seqs.at(-1)]).toEqual([120, 60, 71, 130]);
  });

  it('are found by index alone, nothing being read through or sorted', async () => {
    const path = freshPath();
    await open(path);
    const either = <T>(value: T) => [null, value];
    await withFile(path, async (db) => {
      for (const [column, in_] of [
        [null, null],
        [null, ids.clusterName('main')],
        ['agent_id', null],
        ['agent_hostname', ids.clusterName('main')],
      ] as const)
        for (const by of either(bob.userId))
          for (const command of either('drain' as const))
            for (const since of either(noon))
              for (const from of either({ at: '2026', seq: 5 })) {
                const filter = { agent: column && 'a', cluster: in_, by, command, since, until: since };
                const [sql, bindings] = placesQuery(filter, column, from, 11);
                const bound = bindings.reduce<string>((text, each) => text.replace('?', `'${each}'`), sql);
                const plan = await db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${bound}`);
                const steps = plan.map(({ detail }) => detail).join('\n');
                expect(steps).not.toMatch(/SCAN|TEMP B-TREE/);
              }
    });
  });
});
