import { describe, expect, it } from '@jest/globals';
import { mostTasks } from '../../src/app/agents/list-framework.ts';
import { lookBeyond } from '../../src/app/agents/look-beyond.ts';
import type { Clock } from '../../src/app/ports.ts';
import type { KnownAgent } from '../../src/domain/agent.ts';
import { after, agentId as agentIdOf, masterId } from '../../src/domain/ids.ts';
import type { ListedTask } from '../../src/domain/preview/spread.ts';
import type { Preview } from '../../src/domain/preview.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import { fakeStore } from '../support/fake-store.ts';
import {
  agentId,
  at,
  framework,
  frameworkFacts,
  known,
  noon,
  preview,
  previewTask,
  task,
} from '../support/samples.ts';

const room = { cpus: 4, mem: 4096, disk: 0, gpus: 0 };
const free = { total: room, used: { cpus: 0, mem: 0, disk: 0, gpus: 0 } };
const other = known({ agentId: agentIdOf('x-S9'), hostname: 'agent9.example', room: free });
const here: ListedTask = { taskId: 'web.1', name: 'web', agentId, running: true };

/** `slowMs`: how long each page of tasks takes the master. */
async function look(
  says: MasterSays,
  {
    directory = [other],
    about = preview(),
    slowMs = 0,
  }: { directory?: KnownAgent[]; about?: Preview; slowMs?: number } = {},
) {
  let now = noon;
  const clock = { now: () => now } as Clock;
  const { master, reads } = fakeMaster(says);
  const slow: typeof master = {
    ...master,
    tasksOfFramework: (...asked) => {
      now = after(now, slowMs);
      return master.tasksOfFramework(...asked);
    },
  };
  const { store } = fakeStore({ directory });
  const looked = { preview: about, tasks: { known: true as const, value: [task()] } };
  const { beyond } = await lookBeyond({ store, master: slow, clock }, looked);
  return { beyond, reads };
}

const notKnown = (why: string) => [
  { framework, name: 'marathon', thin: { known: false, why: expect.stringContaining(why) } },
];
const many = (count: number): ListedTask[] =>
  Array.from({ length: count }, (_, n) => ({ ...here, taskId: `web.${n}` }));

describe('what lies beyond an agent', () => {
  it('is what its frameworks have elsewhere, and the room there', async () => {
    const { beyond } = await look({ tasksOfFramework: [here] });
    expect(beyond).toMatchObject({
      spread: [{ thin: { value: { told: 'names', names: [{ name: 'web', here: 1, elsewhere: 0 }] } } }],
      room: { known: true, value: { agents: 1 } },
      work: [],
    });
  });

  it('reads page after page, and counts a task on two pages once', async () => {
    const twice = [...many(500), ...many(500).map((each) => ({ ...each, agentId: other.agentId }))];
    const { beyond, reads } = await look({ tasksOfFramework: twice });
    expect(reads.filter((read) => read === 'tasksOfFramework')).toHaveLength(3);
    expect(beyond?.spread).toMatchObject([{ thin: { value: { told: 'names', names: [] } } }]);
    const again = await look({ tasksOfFramework: [here, here, { ...here, agentId: other.agentId }] });
    expect(again.beyond?.spread).toMatchObject([{ thin: { value: { names: [] } } }]);
  });

  it.each<[string, MasterSays, string, { directory?: KnownAgent[]; slowMs?: number }]>([
    ['the read fails', { failing: ['tasksOfFramework'] }, 'tasksOfFramework was not answered', {}],
    ['nobody leads', { failing: ['leader'], tasksOfFramework: [here] }, 'leader was not answered', {}],
    ['it has too many', { tasksOfFramework: many(mostTasks + 1) }, `more than ${mostTasks} tasks`, {}],
    ['it takes too long', { tasksOfFramework: many(3000) }, 'took too long', { slowMs: 4_000 }],
    ['it may not be seen', { tasksOfFramework: [] }, 'permissions', {}],
    [
      'agents have not come back',
      { tasksOfFramework: [here] },
      '1 agent has not registered since the master changed',
      { directory: [other, known({ agentId: agentIdOf('x-S7'), state: 'recovered' })] },
    ],
  ])('is "not known" with its cause where %s, and the preview stands', async (_, says, why, rest) => {
    const { beyond } = await look(says, rest);
    expect(beyond?.spread).toEqual(notKnown(why));
    expect(beyond?.room).toMatchObject({ known: true });
  });

  it('asks a master that can not be read no second time: whoever drains waits for this', async () => {
    const silent = await look({ failing: ['leader'], tasksOfFramework: [here] });
    expect(silent.reads).toEqual(['leader']);
    const failing = await look({ failing: ['tasksOfFramework'] });
    expect(failing.reads).toEqual(['leader', 'tasksOfFramework']);
  });

  it('may be just as many as are read', async () => {
    const { beyond } = await look({ tasksOfFramework: many(mostTasks) });
    expect(beyond?.spread).toMatchObject([{ thin: { known: true } }]);
  });

  it('does not mix the lists of two leaders', async () => {
    let leads = 0;
    const { master } = fakeMaster({ tasksOfFramework: [here] });
    const changing = {
      ...master,
      leader: async () => ({ id: masterId(`m-${++leads}`), version: '', url: '', canDrain: true }),
    };
    const { store } = fakeStore({ directory: [other] });
    const looked = { preview: preview(), tasks: { known: true as const, value: [task()] } };
    const clock = { now: () => noon } as Clock;
    const { beyond } = await lookBeyond({ store, master: changing, clock }, looked);
    expect(beyond?.spread).toEqual(notKnown('the leading master changed'));
  });

  it('looks at so many frameworks only, those with the most tasks', async () => {
    const groups = Array.from({ length: 10 }, (_, n) => ({
      framework: { ...frameworkFacts(), name: `f${n}` },
      tasks: Array.from({ length: n + 1 }, () => previewTask()),
    }));
    const about = preview({ groups: { known: true, value: groups } });
    const { beyond, reads } = await look({ tasksOfFramework: [here] }, { about });
    expect(reads.filter((read) => read === 'tasksOfFramework')).toHaveLength(8);
    expect(beyond?.spread.filter(({ thin }) => !thin.known).map(({ name }) => name)).toEqual(['f1', 'f0']);
  });

  it.each<[string, Partial<Preview>]>([
    ['is away', { subject: { kind: 'away', known: known(), state: 'unreachable', since: at(10) } }],
    ['runs nobody knows what', { groups: { known: false, why: '403' } }],
  ])('asks no master for an agent that %s', async (what, over) => {
    const { beyond, reads } = await look({}, { about: preview(over) });
    expect(beyond?.spread).toEqual([]);
    expect(reads).toEqual([]);
    expect(what === 'is away' ? beyond?.room : null).toBeNull();
  });
});
