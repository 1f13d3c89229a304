import { describe, expect, it } from '@jest/globals';
import { nearer, relationToLines } from '../../../src/domain/outside/own-lines.ts';
import type { Relation } from '../../../src/domain/outside/own-work.ts';
import type { Service } from '../../../src/domain/outside/service.ts';
import type { LineFailure, RollingLineState } from '../../../src/domain/rolling.ts';
import { agentsPlan } from '../../support/plan-samples.ts';
import * as s from '../../support/rolling-samples.ts';
import { at, draining } from '../../support/samples.ts';

const failedBy = (code: 'reactivated-elsewhere' | 'drained-elsewhere' | 'gone'): RollingLineState => {
  const why: LineFailure = { code };
  return { is: 'failed', drain: null, why };
};

describe('what a rolling plan has to do with what an agent shows', () => {
  it.each<[string, RollingLineState, Service | 'gone', Relation]>([
    ['its call may have left, and the agent is deactivated', s.calling, 'deactivated', 'known'],
    ['its call may have left, and the agent is drained', s.calling, draining, 'followed'],
    ['it keeps the agent away, as shown', s.away, 'deactivated', 'known'],
    ['it keeps the agent away, and it is in service', s.away, 'active', 'followed'],
    ['it keeps the agent away, and it is drained', s.away, draining, 'followed'],
    ['it keeps the agent away, and it is gone', s.away, 'gone', 'followed'],
    ['others had kept it away', s.awayBefore, 'deactivated', 'strange'],
    ['it has begun to drain it since', s.draining, 'deactivated', 'known'],
    ['it has told that somebody put it back', failedBy('reactivated-elsewhere'), 'active', 'known'],
    [
      'it has told of that, and now the agent is drained',
      failedBy('reactivated-elsewhere'),
      draining,
      'strange',
    ],
    ['it has told of the drain', failedBy('drained-elsewhere'), draining, 'known'],
    ['it has told that it is gone', failedBy('gone'), 'gone', 'known'],
    ['its call had no effect', s.failed, 'deactivated', 'strange'],
    ['nothing was done yet', s.todo, 'deactivated', 'strange'],
    ['it was put back', s.done, 'deactivated', 'strange'],
  ])('%s', (_, line, now, expected) => {
    expect(relationToLines(now, [s.rolling([line])], s.lineId(1))).toBe(expected);
  });

  it('ends with the plan, but for what it has done', () => {
    const ended = {
      ...s.rolling([s.away]),
      state: { status: 'ended', at: at(99), end: { kind: 'restored' } },
    } as const;
    expect(relationToLines('active', [ended], s.lineId(1))).toBe('strange');
    expect(relationToLines('deactivated', [ended], s.lineId(1))).toBe('known');
  });

  it('is nothing where it is another agent, or another kind of plan', () => {
    expect(relationToLines('deactivated', [s.rolling([s.away])], s.lineId(9))).toBe('strange');
    expect(relationToLines('deactivated', [agentsPlan()], s.lineId(1))).toBe('strange');
  });

  it('counts by what is nearest', () => {
    expect(nearer('strange', 'followed')).toBe('followed');
    expect(nearer('followed', 'known')).toBe('known');
    expect(nearer('strange', 'strange')).toBe('strange');
  });
});
