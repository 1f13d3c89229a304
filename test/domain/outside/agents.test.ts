import { describe, expect, it } from '@jest/globals';
import { type AgentDeed, deedBetween, deedOnNew, type Shown } from '../../../src/domain/outside/agents.ts';
import type { Service } from '../../../src/domain/outside/service.ts';
import { at, drained, draining, foreign, leader, otherLeader } from '../../support/samples.ts';

const unlimited = { ...draining, maxGraceNs: null };
const toBeGone = { ...draining, markGone: true };
const none = null;

describe('what somebody has done to an agent between two looks', () => {
  it.each<[string, Service, Shown['now'], AgentDeed | null]>([
    ['active stays active', 'active', 'active', none],
    ['active, then deactivated', 'active', 'deactivated', 'deactivated'],
    ['active, then draining', 'active', draining, 'drain-begun'],
    ['active, then drained already', 'active', drained, 'drain-begun'],
    ['active, then gone', 'active', 'gone', 'gone'],
    ['active, then forgotten by the registry', 'active', 'forgotten', none],
    ['deactivated stays', 'deactivated', 'deactivated', none],
    ['deactivated, then active', 'deactivated', 'active', 'reactivated'],
    ['deactivated, then draining', 'deactivated', draining, 'drain-begun'],
    ['deactivated, then gone', 'deactivated', 'gone', 'gone'],
    ['deactivated, then forgotten', 'deactivated', 'forgotten', none],
    ['draining stays', draining, draining, none],
    ['draining becomes drained by itself', draining, drained, none],
    ['draining, then with another grace', draining, foreign, 'drain-changed'],
    ['draining, then without a grace', draining, unlimited, 'drain-changed'],
    ['draining without a grace, then with one', unlimited, draining, 'drain-changed'],
    ['draining, then to be marked gone', draining, toBeGone, 'drain-changed'],
    ['draining, then deactivated alone', draining, 'deactivated', 'deactivated'],
    ['draining, then active', draining, 'active', 'reactivated'],
    ['draining, then gone', draining, 'gone', 'gone'],
    ['draining to be marked gone, then gone', toBeGone, 'gone', none],
    ['draining, then forgotten', draining, 'forgotten', none],
    ['drained stays', drained, drained, none],
    ['drained, then draining again', drained, draining, 'drain-begun'],
    ['drained, then with another grace', drained, foreign, 'drain-changed'],
    ['drained, then active', drained, 'active', 'reactivated'],
    ['drained, then gone', drained, 'gone', 'gone'],
  ])('%s', (_, service, now, deed) => {
    expect(deedBetween({ service, leader, at: at(0) }, { now, leader })).toBe(deed);
  });

  it.each<[string, Service, Service, AgentDeed | null]>([
    ['takes a grace that reappears with the next leader for no deed', unlimited, draining, none],
    ['but not one that the next leader lacks', draining, unlimited, 'drain-changed'],
    ['nor another one', draining, foreign, 'drain-changed'],
    ['nor a mark gone', unlimited, toBeGone, 'drain-changed'],
  ])('%s', (_, service, now, deed) => {
    expect(deedBetween({ service, leader, at: at(0) }, { now, leader: otherLeader })).toBe(deed);
  });

  it.each<[Shown['now'], AgentDeed | null]>([
    ['active', none],
    ['deactivated', 'deactivated'],
    [draining, 'drain-begun'],
    ['gone', none],
    ['forgotten', none],
  ])('of an agent that was never seen before, and is %j: %s', (now, deed) => {
    expect(deedOnNew(now)).toBe(deed);
  });
});
