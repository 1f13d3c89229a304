import { describe, expect, it } from '@jest/globals';
import { whyNot } from '../../src/app/plans/rolling/pause-or-resume.ts';
import type { PauseCommand } from '../../src/domain/command.ts';
import { approvalId, instant } from '../../src/domain/ids.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Halt } from '../../src/domain/rolling.ts';
import { agentsPlan, rollingPlan, rollingRun } from '../support/plan-samples.ts';
import { alice } from '../support/samples.ts';

const at = instant(3_000);
const halt: Halt = { since: at, why: { code: 'gate', why: 'answers 503' } };
const goingOn = rollingPlan({ state: rollingRun() });
const halted = rollingPlan({ state: rollingRun({ halt }) });

describe('a rolling drain', () => {
  it('can be paused while it goes on, and resumed once it has halted, whyever', () => {
    expect([whyNot('pause', goingOn), whyNot('resume', halted)]).toEqual([null, null]);
  });

  it.each<[PauseCommand['verb'], string, Plan, object]>([
    ['pause', 'it has halted already', halted, { code: 'plan-halted', halt: 'gate' }],
    ['resume', 'nothing holds it up', goingOn, { code: 'plan-goes-on' }],
    ['pause', 'nobody has confirmed it', rollingPlan(), { code: 'plan-not-begun', how: 'proposed' }],
    [
      'resume',
      'a second person is asked',
      rollingPlan({ state: { status: 'asked', approval: approvalId(9) } }),
      { code: 'plan-not-begun', how: 'asked' },
    ],
    [
      'pause',
      'it waits for its hour',
      rollingPlan({ state: { status: 'scheduled', hour: { at, zone: null } } }),
      { code: 'plan-not-begun', how: 'scheduled' },
    ],
    [
      'resume',
      'it was cancelled, and gives agents back',
      rollingPlan({ state: rollingRun({ phase: { at: 'giving-back', by: alice } }) }),
      { code: 'plan-settled', how: 'cancelled' },
    ],
    [
      'pause',
      'it has ended',
      rollingPlan({ state: { status: 'ended', at, end: { kind: 'done' } } }),
      { code: 'plan-settled', how: 'done' },
    ],
    [
      'pause',
      'it has no waves',
      agentsPlan({ state: { status: 'running', since: at } }),
      { code: 'plan-not-rolling', command: 'pause' },
    ],
  ])('refuses to %s where %s', (verb, _, plan, refusal) => {
    expect(whyNot(verb, plan)).toMatchObject(refusal);
  });
});
