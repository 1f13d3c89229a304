import { describe, expect, it } from '@jest/globals';
import { buildPreview } from '../../src/app/agents/build-preview.ts';
import { MasterFault } from '../../src/app/faults.ts';
import type { KnownAgent } from '../../src/domain/agent.ts';
import { drainId, seconds } from '../../src/domain/ids.ts';
import { fakeMaster, type MasterSays } from '../support/fake-master.ts';
import {
  absent,
  agent,
  asked,
  at,
  known,
  leader,
  newerAgent,
  noon,
  notAsked,
  notRead,
  task,
  unexplained,
  unreachable,
} from '../support/samples.ts';

const volume = { kind: 'volume', id: 'v-1', role: 'db', sizeMb: 1024 } as const;
const ended = task({ name: 'done', state: 'TASK_FINISHED', terminalUnacknowledged: true });
const idle = {
  kind: 'registered',
  leader,
  agent: agent({ used: { cpus: 0, mem: 0, disk: 0, gpus: 0 } }),
} as const;
const silent: MasterSays = { askAgent: notAsked };

async function build(says: MasterSays = {}, chosen: KnownAgent = known(), others: KnownAgent[] = []) {
  const { master, reads } = fakeMaster(says);
  const asks = {
    maxGrace: seconds(600),
    markGone: false,
    unattended: false,
    openDrain: drainId(17),
    at: noon,
  };
  return { ...(await buildPreview(master, { chosen, others }, asks)), reads };
}

describe('a preview', () => {
  it('groups what the agent itself says it runs, and when that must have ended', async () => {
    const { preview, reads } = await build({
      askAgent: asked(1, { tasks: [task({ killPolicySeconds: 30 }), ended] }),
    });
    expect(preview.groups).toMatchObject({
      known: true,
      value: [{ framework: { name: 'marathon' }, tasks: [{ name: 'web', graceSeconds: 30 }] }],
    });
    expect(preview.expectedEnd).toBe(at(30));
    expect(reads).not.toContain('tasksOf');
  });

  it('asks the master for its tasks where the agent is silent', async () => {
    const { preview } = await build({ ...silent, tasksOf: [task(), ended] });
    expect(preview.groups).toMatchObject({ known: true, value: [{ tasks: [{ name: 'web' }] }] });
  });

  it.each<[string, MasterSays, object]>([
    [
      'its tasks',
      { ...silent, failing: ['tasksOf'] },
      { groups: { known: false, why: 'tasksOf was not answered' }, expectedEnd: null },
    ],
    [
      'the schedule',
      { failing: ['scheduled'] },
      { scheduled: { known: false, why: 'scheduled was not answered' } },
    ],
    [
      'the operations',
      { ...silent, failing: ['pendingOperationsOf'] },
      { pendingOperations: { known: false, why: 'pendingOperationsOf was not answered' } },
    ],
    [
      "the frameworks' names",
      { failing: ['frameworks'] },
      { groups: { value: [{ framework: { name: null, why: 'frameworks was not answered' } }] } },
    ],
    [
      'what runs on an unreachable agent',
      { lookAt: unreachable() },
      { groups: { known: false, why: 'the agent is not registered now' } },
    ],
  ])('says "not known", never "none", where %s could not be read', async (_, says, shown) => {
    expect((await build(says)).preview).toMatchObject(shown);
  });

  it('says that no framework of that id is listed', async () => {
    expect((await build({ frameworks: [] })).preview.groups).toMatchObject({
      value: [{ framework: { name: null, why: 'the master does not list it, or the bot may not see it' } }],
    });
  });

  it('tells how much is in use beyond the tasks that it may see, and not of an agent that is away', async () => {
    const used = { cpus: 9, mem: 4_608, disk: 0, gpus: 0 };
    const lookAt = { kind: 'registered', leader, agent: agent({ used }) } as const;
    const seen = await build({ lookAt, askAgent: asked(1, { tasks: [task()] }) });
    expect(seen.preview.unlisted).toEqual({ cpus: 8, mem: 4_096 });
    expect((await build({ lookAt: unreachable() })).preview.unlisted).toBeNull();
  });

  it("takes the agent's own count of operations over the master's", async () => {
    const own = await build({ askAgent: asked(0, { pendingOperations: 2 }), pendingOperationsOf: 5 });
    expect(own.preview.pendingOperations).toEqual({ known: true, value: 2 });
    const masters = await build({ ...silent, pendingOperationsOf: 5 });
    expect(masters.preview.pendingOperations).toEqual({ known: true, value: 5 });
  });

  it.each<[string, NonNullable<MasterSays['lookAt']>, object]>([
    ['unreachable', unreachable(), { state: 'unreachable', since: at(10) }],
    ['recovered', { kind: 'recovered', leader }, { state: 'recovered', since: null }],
    ['gone', { kind: 'gone', leader, at: at(5) }, { state: 'gone', since: at(5) }],
    ['listed nowhere', absent(), { state: 'absent', since: null }],
    ['not explained', unexplained, { state: 'unexplained', since: null }],
  ])('shows an agent that is %s as it was remembered, and does not ask it', async (_, lookAt, subject) => {
    const { preview, reads } = await build({ lookAt }, known({ held: [volume] }));
    expect(preview.subject).toMatchObject({
      kind: 'away',
      known: { hostname: 'agent3.example' },
      ...subject,
    });
    expect(preview.held).toEqual({ known: true, value: [volume] });
    expect(reads).not.toContain('askAgent');
  });

  it('shows what a registered agent holds now, not what is remembered', async () => {
    const lookAt = { kind: 'registered', leader, agent: agent({ held: [] }) } as const;
    expect((await build({ lookAt }, known({ held: [volume] }))).preview.held).toEqual({
      known: true,
      value: [],
    });
  });

  it('does not know what an agent holds that it has never seen registered', async () => {
    const { preview } = await build({ lookAt: { kind: 'recovered', leader } }, known({ held: null }));
    expect(preview.held).toMatchObject({ known: false });
  });

  it.each<[string, MasterSays, boolean]>([
    ['the agent lists no task', { askAgent: asked(0) }, false],
    ['the agent lists none but idle executors', { askAgent: asked(0, { executors: 1 }) }, false],
    ['the agent lists one that has ended', { askAgent: asked(0, { tasks: [ended] }) }, true],
    ['the master, in the place of a silent agent, lists none', silent, false],
    ['nothing is in use', { lookAt: idle, askAgent: asked(0) }, true],
  ])('takes an empty list for what it says only where nothing is in use: %s', async (_, says, isNone) => {
    const { groups } = (await build(says)).preview;
    expect(groups).toEqual(
      isNone
        ? { known: true, value: [] }
        : {
            known: false,
            why: expect.stringMatching(
              /^the master shows 2 CPUs and 4096 MB in use, but the (agent|master) lists no task/,
            ),
          },
    );
  });

  it('names what was asked for, our open drain, and the ids that were not chosen', async () => {
    const { preview } = await build({}, known(), [known({ agentId: newerAgent, state: 'gone' })]);
    expect(preview).toMatchObject({
      cluster: 'main',
      at: noon,
      maxGrace: 600,
      markGone: false,
      openDrain: 17,
      alsoKnownAs: [{ agentId: newerAgent, state: 'gone' }],
    });
  });

  it('is not made where the master can not say what the agent is', async () => {
    await expect(build({ lookAt: notRead })).rejects.toThrow(MasterFault);
  });
});
