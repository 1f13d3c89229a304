import { describe, expect, it } from '@jest/globals';
import { approvalId, drainId, instant } from '../../../src/domain/ids.ts';
import { type AgentsPlanEvent, evolveAgentsPlan, tallyOf } from '../../../src/domain/plan/agents-evolve.ts';
import { narrateAgentsPlan } from '../../../src/domain/plan/agents-narrate.ts';
import { hasEndedWell } from '../../../src/domain/plan/line-end.ts';
import { type AgentsPlan, agentsHeld, agentsToCome } from '../../../src/domain/plan.ts';
import { agentsPlan } from '../../support/plan-samples.ts';
import { drain } from '../../support/samples.ts';

const at = instant(2_000);
const [first, second] = agentsPlan().lines.map(({ agentId }) => agentId);
if (first === undefined || second === undefined) throw new Error('a plan of two');
const by = { userId: agentsPlan().requester.userId, teamId: agentsPlan().requester.teamId, name: 'mara' };
const begun: AgentsPlanEvent = { type: 'begun', at, approved: null };
const lineBegun: AgentsPlanEvent = { type: 'line-begun', at, agentId: first, by: { drain: drainId(7) } };
const hour = { at: instant(9_000), zone: null };
const scheduled: AgentsPlanEvent = { type: 'scheduled', at, hour };
const refusal = { code: 'direct-message' } as const;

const having = (...events: AgentsPlanEvent[]): AgentsPlan => events.reduce(evolveAgentsPlan, agentsPlan());

describe('a plan over agents', () => {
  it('counts its transitions, and knows since when it runs', () => {
    expect(having(begun, lineBegun)).toMatchObject({ version: 2, begunAt: at, state: { status: 'running' } });
  });

  it('begins, ends and refuses its lines one by one', () => {
    const plan = having(
      begun,
      lineBegun,
      { type: 'line-refused', at, agentId: second, refusal },
      { type: 'line-ended', at, agentId: first, well: true },
    );
    expect(tallyOf(plan)).toMatchObject({ lines: 2, todo: 0, begun: 0, well: 1, refused: 1 });
  });

  it('waits for its hour, loses lines to others by then, and begins or ends', () => {
    const plan = having(scheduled, { type: 'line-refused', at, agentId: second, refusal }, begun);
    expect(tallyOf(plan)).toMatchObject({ todo: 1, refused: 1 });
    expect(having(scheduled, { type: 'ended', at, end: { kind: 'late', hour } }).state.status).toBe('ended');
  });

  it('holds nobody back until its hour, and has its agents to itself among those that wait', () => {
    expect([agentsHeld(having(scheduled)), agentsToCome(having(scheduled))]).toEqual([[], [first, second]]);
    expect(agentsHeld(having(scheduled, begun))).toEqual([first, second]);
    expect(agentsToCome(agentsPlan())).toEqual([]);
  });

  it('drops what has not begun, and no more', () => {
    const plan = having(begun, lineBegun, { type: 'rest-dropped', at, by });
    expect(tallyOf(plan)).toMatchObject({ begun: 1, dropped: 1, todo: 0 });
  });

  it.each<[string, AgentsPlanEvent[]]>([
    ['a line before it runs', [lineBegun]],
    ['a line twice', [begun, lineBegun, lineBegun]],
    ['the end of a line that has not begun', [begun, { type: 'line-ended', at, agentId: first, well: true }]],
    ['another beginning', [begun, begun]],
    ['an hour once it runs', [begun, scheduled]],
    ['a question once it is scheduled', [scheduled, { type: 'asked', at, approval: approvalId(9) }]],
    ['a question once it runs', [begun, { type: 'asked', at, approval: approvalId(9) }]],
    [
      'anything after its end',
      [
        { type: 'ended', at, end: { kind: 'not-confirmed' } },
        { type: 'ended', at, end: { kind: 'done' } },
      ],
    ],
  ])('can’t have %s', (_, events) => {
    expect(() => having(...events)).toThrow(TypeError);
  });

  it('tells its end once, with who failed, and only where others have seen it', () => {
    const ended: AgentsPlanEvent = { type: 'ended', at, end: { kind: 'done' } };
    const running = having(begun, lineBegun, { type: 'line-refused', at, agentId: second, refusal });
    const { say, audit } = narrateAgentsPlan(running, evolveAgentsPlan(running, ended), ended);
    expect(say).toMatchObject({ broadcast: true, notice: { news: { failed: ['agent2.example'] } } });
    expect(audit).toMatchObject({ event: 'plan.ended', outcome: 'done', facts: { refused: 1 } });
    const unseen = agentsPlan();
    expect(narrateAgentsPlan(unseen, evolveAgentsPlan(unseen, ended), ended).say).toBeNull();
  });
});

describe('a line of a plan', () => {
  it.each([
    ['is under way', drain(), null],
    [
      'was refused by the master',
      drain({
        state: { status: 'ended', at, end: { kind: 'rejected', httpStatus: 400, body: '' }, drainedAt: null },
      }),
      false,
    ],
    [
      'was drained and is back by now',
      drain({ state: { status: 'ended', at, end: { kind: 'reactivated' }, drainedAt: at } }),
      true,
    ],
    ['has no record any more', null, false],
  ])('%s', (_, record, well) => {
    expect(hasEndedWell({ drain: record })).toBe(well);
  });
});
