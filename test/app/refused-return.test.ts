import { expect, it } from '@jest/globals';
import { refusedReturn } from '../../src/app/plans/rolling/take-back.ts';
import { isRunning } from '../../src/app/plans/rolling/write-rolling.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { RollingRun } from '../../src/domain/rolling.ts';
import * as s from '../support/rolling-samples.ts';
import { alice, at } from '../support/samples.ts';

const frozen: Refusal = { code: 'against-policy', objections: [] };

function refused(run: Partial<RollingRun>) {
  const plan = s.rolling([s.drained], { phase: { at: 'wave', wave: 1, since: at(10) }, ...run });
  const [line] = plan.lines;
  if (!isRunning(plan) || line === undefined) throw new Error('it runs, and has a line');
  return refusedReturn(plan, line, frozen, at(100));
}

it('a freeze that keeps the agents of the last wave from coming back is told once', () => {
  const why = { code: 'refused' as const, refusal: frozen };
  expect(refused({})).toEqual([{ type: 'halted', at: at(100), why }]);
  expect(refused({ halt: { since: at(90), why } })).toEqual([]);
  expect(refused({ halt: { since: at(90), why: { code: 'paused', by: alice } } })).toEqual([]);
});
