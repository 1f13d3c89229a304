import { describe, expect, it } from '@jest/globals';
import { agentId, drainId } from '../../../src/domain/ids.ts';
import type { HaltReason } from '../../../src/domain/rolling.ts';
import { render } from '../../../src/slack/blocks/render.ts';
import { earlier } from './moments.ts';
import { read } from './read.ts';
import { rollingCard, rollingLine, runningState } from './rolling-examples.ts';

const drain = drainId(17);
const waiting = { is: 'kept-away', since: earlier, ours: true, amiss: null, leftOut: null } as const;
const lines = [
  rollingLine('agent1', 1, { is: 'done', how: 'drained', drain: drainId(15) }),
  rollingLine('agent2', 1, { is: 'done', how: 'drained', drain: drainId(16) }),
  rollingLine('agent3', 2, { is: 'draining', drain }, { tasksLeft: 3, tasksAtStart: 9 }),
  rollingLine('agent4', 2, { is: 'failed', drain: null, why: { code: 'removed' } }),
  rollingLine('agent5', 3, waiting),
];

const named = (hostname: string) => ({ agentId: agentId(`3669f2a1-S${hostname.at(-1)}`), hostname });

/** The lines of a card as a phone shows them first. */
function glance(over: Parameters<typeof rollingCard>[0]): string[] {
  return read({ kind: 'rolling-card', card: rollingCard({ lines, ...over }) }).split('\n');
}

describe('the card of a rolling drain', () => {
  it('says first which wave it is in, and how far it is', () => {
    expect(glance({}).slice(0, 3)).toEqual([
      '*Plan p3, in wave 2 of 3: drain 5 agents in waves*',
      '▓▓▓░░░░░ 2 of 5 agents done, *1 failed*, 1 under way, 1 waiting',
      'Wave 2: 1 of 2 agents done, 3 tasks left.',
    ]);
  });

  it('does not count tasks of a wave that nobody has counted yet', () => {
    const begun = lines.map((line) =>
      line.agentId === lines[2]?.agentId ? { ...line, tasksLeft: null } : line,
    );
    expect(glance({ lines: begun })[2]).toBe('Wave 2: 1 of 2 agents done, tasks left: not known yet.');
  });

  it.each<[HaltReason, string, RegExp]>([
    [
      { code: 'gate', why: 'answers 503: busy' },
      'the gate answers 503: busy.',
      /`\/mesos resume p3`, which asks the gate/,
    ],
    [
      { code: 'stuck', ...named('agent3'), drain, cause: { code: 'unreachable', since: earlier } },
      'agent3 (S3) is stuck (d17): the agent was unreachable.',
      /`\/mesos status d17` says what helps; `\/mesos resume p3`/,
    ],
    [
      { code: 'line-failed', ...named('agent4'), why: { code: 'removed' } },
      'agent4 (S4) came to another end than was meant: it is not in the cluster any more.',
      /`\/mesos resume p3` goes on with the others/,
    ],
  ])('that is halted says so first, why, and what to type: $code', (why, words, way) => {
    const [heading, , halted, toDo, goesOn] = glance({
      state: runningState({ halt: { since: earlier, why } }),
    });
    expect(heading).toMatch(/^\*Plan p3, HALTED in wave 2 of 3/);
    expect(halted).toContain(words);
    expect(toDo).toMatch(way);
    expect(goesOn).toMatch(/Mesos has no way to stop a drain/);
  });

  it('has a line for each agent: what is not well, what moves, what waits, what is done', () => {
    const names = glance({})
      .filter((line) => line.startsWith('• '))
      .map((line) => line.slice(2, 8));
    expect(names).toEqual(['agent4', 'agent3', 'agent5', 'agent1', 'agent2']);
  });

  it('shows of 200 agents those that matter, and how many it leaves out', () => {
    const many = Array.from({ length: 200 }, (_, at) =>
      rollingLine(
        `agent${at}`,
        1 + Math.floor(at / 5),
        at === 150 ? { is: 'failed', drain, why: { code: 'gone' } } : waiting,
      ),
    );
    const { text, blocks } = render({ kind: 'rolling-card', card: rollingCard({ lines: many }) });
    expect(text.length).toBeLessThan(4000);
    expect(blocks.length).toBeLessThan(50);
    expect(text).toContain('• agent150 (S150), wave 31: *failed:* it was marked gone');
    const shown = text.split('\n').filter((line) => line.startsWith('• ')).length;
    expect(shown).toBeGreaterThan(40);
    expect(text).toContain(`…and ${200 - shown} more`);
  });
});
