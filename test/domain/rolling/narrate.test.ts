import { describe, expect, it } from '@jest/globals';
import { cancelled } from '../../../src/domain/rolling/cancel.ts';
import type { RollingEvent } from '../../../src/domain/rolling/events.ts';
import { evolveRolling } from '../../../src/domain/rolling/evolve.ts';
import { narrateRolling } from '../../../src/domain/rolling/narrate.ts';
import * as s from '../../support/rolling-samples.ts';
import { alice, at } from '../../support/samples.ts';

const goingOn = s.rolling([s.away, s.away]);
const halted = s.rolling([s.away, s.away], {
  halt: { since: at(20), why: { code: 'gate', why: 'says no' } },
});

describe('what the log keeps of a rolling plan that a person held up', () => {
  it.each<[string, RollingEvent | undefined, object]>([
    [
      'paused it',
      { type: 'halted', at: at(30), why: { code: 'paused', by: alice } },
      { event: 'plan.halted' },
    ],
    ['had it go on', { type: 'resumed', at: at(30), by: alice }, { event: 'plan.resumed' }],
    ['cancelled it', cancelled(goingOn, alice, at(30))[0], { event: 'plan.giving-back' }],
  ])('names who %s', (_, event, audit) => {
    if (event === undefined) throw new Error('no event');
    const plan = event.type === 'resumed' ? halted : goingOn;
    expect(narrateRolling(plan, evolveRolling(plan, event), event).audit).toMatchObject({
      ...audit,
      actor: { kind: 'person', person: alice },
    });
  });

  it('and names nobody where the bot halted it', () => {
    const event: RollingEvent = { type: 'halted', at: at(30), why: { code: 'gate', why: 'says no' } };
    expect(narrateRolling(goingOn, evolveRolling(goingOn, event), event).audit).not.toHaveProperty('actor');
  });
});
