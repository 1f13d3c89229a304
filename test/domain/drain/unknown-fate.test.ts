import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import type { DrainState } from '../../../src/domain/drain.ts';
import {
  absent,
  drain,
  draining,
  leader,
  notRead,
  otherLeader,
  shows,
  sighting,
  states,
  unreachable,
} from '../../support/samples.ts';
import { inShort } from './looks.ts';

describe('a call whose fate is unknown', () => {
  const noEffectAt60 = { ...states.checking, noEffect: { leader, at: sighting(60, notRead).at } };

  it.each<[string, DrainState, number, MasterSighting, string]>([
    ['says nothing of a missing effect before 60 s', states.checking, 59.999, shows(null), '-'],
    ['notes a missing effect from 60 s on', states.checking, 60, shows(null), 'no-effect-seen'],
    ['takes an effect at any time', states.checking, 31, shows(draining), 'effect-seen'],
    ['is not applied after a second read 1 s later', noEffectAt60, 61, shows(null), 'ended not-applied'],
    ['waits for a second apart', noEffectAt60, 60.5, shows(null), '-'],
    ['starts anew with another leader', noEffectAt60, 90, shows(null, otherLeader), 'no-effect-seen'],
    ['takes a late effect after one read without', noEffectAt60, 90, shows(draining), 'effect-seen'],
    [
      'is not applied on an unreachable agent without a drain',
      noEffectAt60,
      61,
      unreachable({ drain: null }),
      'ended not-applied',
    ],
    // Nobody can say whether it was applied before the agent left.
    ['does not claim "not applied" of an agent that left', noEffectAt60, 61, absent(), 'ended removed'],
    ['waits while the agent is only recovered', noEffectAt60, 90, { kind: 'recovered', leader }, '-'],
  ])('%s', (_, state, seconds, master, expected) => {
    const events = observe(drain({ state }), sighting(seconds, master), null);
    expect(inShort(events).join(', ') || '-').toBe(expected);
  });
});
