import { describe, expect, it } from '@jest/globals';
import { deedOf } from '../../../src/domain/audit/deed-of.ts';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import { agentId, clusterName, drainId, planId } from '../../../src/domain/ids.ts';
import type { PlanCard, PlanCardLine } from '../../../src/domain/plan/card.ts';
import { refusalInShort } from '../../../src/slack/blocks/refusals/in-short.ts';
import { earlier, later, now, person } from './moments.ts';
import { read } from './read.ts';

const who = (name: string) => ({ agentId: agentId(`3669f2a1-S${name.slice(-1)}`), hostname: name });
type Counted = { tasksLeft: number | null; tasksAtStart: number | null };
const calling = (name: string, counted: Counted): PlanCardLine => ({
  ...who(name),
  is: 'drain',
  card: { drain: drainId(1), way: 'drain', state: { status: 'calling' }, ...counted },
});

function card(over: Partial<PlanCard> = {}): PlanCard {
  return {
    plan: planId(3),
    cluster: clusterName('prod'),
    requester: person,
    reason: null,
    approved: null,
    work: { do: 'drain', maxGrace: null },
    lines: [],
    state: { status: 'running' },
    startedAt: earlier,
    until: now,
    expectedEnd: later,
    checkedAt: now,
    ...over,
  };
}

describe('the card of a plan', () => {
  it.each<[string, Counted[], string]>([
    ['whose calls are leaving', [{ tasksLeft: null, tasksAtStart: 2 }], 'Tasks: 0 of 2 gone.'],
    [
      'of which one agent is counted',
      [
        { tasksLeft: 1, tasksAtStart: 3 },
        { tasksLeft: null, tasksAtStart: 2 },
      ],
      'Tasks: 2 of 5 gone.',
    ],
  ])('%s: calls no task gone that was not seen to be', (_, counted, words) => {
    const lines = counted.map((each, at) => calling(`agent${at}`, each));
    expect(read({ kind: 'plan-card', card: card({ lines }) })).toContain(words);
  });
});

describe('the status of a plan', () => {
  it.each<[PlanCard['state'], boolean]>([
    [{ status: 'proposed' }, false],
    [{ status: 'running' }, true],
  ])('%j: points to a thread where there is one: %s', (state, has) => {
    const told = read({ kind: 'status-of-plan', card: card({ state }), permalink: null });
    expect(told.includes('Its thread')).toBe(has);
  });
});

describe('the story of a plan', () => {
  const story = (entries: AuditEntry[]) =>
    read({
      kind: 'audit-story',
      about: { plan: planId(3) },
      words: 'audit p3',
      deed: deedOf(entries) as Extract<ReturnType<typeof deedOf>, { kind: 'command' }>,
      entries,
      permalink: null,
      isFirst: true,
      later: false,
      archive: null,
    });
  const entry = (seq: number, over: Partial<AuditEntry>): AuditEntry => ({
    v: 1,
    seq,
    at: '2026-11-22T14:02:05.000Z',
    event: 'drain.drained',
    actor: { kind: 'bot' },
    correlation: 'c',
    ...over,
  });
  const shown = entry(1, {
    event: 'command.answered',
    actor: { kind: 'person', user: 'U0MARA0001', team: 'T0HOME', name: 'mara' },
    command: { typed: 'drain agent3 agent4', parsed: { verb: 'drain' } },
  });

  it('names the agent of each line that is about one', () => {
    const agents = ['agent3', 'agent4'].map((hostname) => ({ id: `m-S${hostname.at(-1)}`, hostname }));
    const told = story([shown, ...agents.map((agent, at) => entry(at + 2, { agent }))]);
    for (const name of ['agent3 (S3)', 'agent4 (S4)']) expect(told).toContain(`${name}: the bot proved it`);
  });

  it('that was only shown, does not say that it has ended', () => {
    expect(story([shown])).toContain('shown to who asked, not confirmed, and nothing done.');
  });
});

it('a line that begins with the name of its agent does not name it again', () => {
  const agent = { ...who('agent3'), state: 'active' };
  const refusal = { code: 'not-as-shown', agent, changes: [{ what: 'tasks-came' }] } as const;
  expect(refusalInShort({ ...refusal, changes: [...refusal.changes] }, 'agent3 (S3)')).toMatch(
    /^it is not as it was shown/,
  );
  expect(refusalInShort({ ...refusal, changes: [...refusal.changes] })).toMatch(/^agent3 \(S3\) is not/);
});
