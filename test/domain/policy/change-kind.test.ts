import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../../src/commands/parse.ts';
import type { Act } from '../../../src/domain/approval.ts';
import { instant } from '../../../src/domain/ids.ts';
import { changeKindOfAct, changeKindOfPlan, changeWantedBy } from '../../../src/domain/policy/change-kind.ts';

const now = instant(Date.UTC(2026, 10, 25, 12));

describe('what a policy takes a command for', () => {
  it.each<[string, string | null]>([
    ['drain agent3', 'drain'],
    ['drain agent3 --mark-gone --reason x', 'drain --mark-gone'],
    ['drain agent3 --dry-run', null],
    ['hasten d17 --max-grace-period 1m', 'drain (under way)'],
    ['deactivate agent3', 'deactivate'],
    ['reactivate agent3 --override-freeze --reason “still ours”', 'reactivate, overriding: still ours'],
    ['mark-gone agent3 --reason dead', 'mark-gone: dead'],
    ['maintenance schedule agent3 --start now --for 1h', 'maintenance schedule'],
    ['maintenance clear agent3', 'maintenance clear'],
    ['maintenance start agent3 --reason disks', 'maintenance start: disks'],
    ['maintenance stop agent3', 'maintenance stop'],
    ['maintenance status', null],
    ['help', null],
    ['agents', null],
    ['status', null],
    ['preview agent3', null],
    ['whoami', null],
    ['audit', null],
    ['cancel d17', null],
    ['confirm p3', null],
    ['close d17 --reason done', null],
  ])('%s', (typed, taken) => {
    const parsed = parseCommand(typed, { now });
    if (!parsed.ok) throw new Error(`not understood: ${typed}`);
    const wanted = changeWantedBy(parsed.value.command);
    expect(
      wanted &&
        `${wanted.kind}${wanted.underWay ? ' (under way)' : ''}${wanted.overrideFreeze ? ', overriding' : ''}${
          wanted.reason === null || wanted.kind === 'drain --mark-gone' ? '' : `: ${wanted.reason}`
        }`,
    ).toBe(taken);
  });
});

it.each<[Act['kind'], string]>([
  ['drain', 'drain'],
  ['drain-then-gone', 'drain --mark-gone'],
  ['drain-unattended', 'drain --mark-gone'],
  ['mark-gone', 'mark-gone'],
])('the act %s is %s', (kind, change) => {
  const act: Act = kind === 'mark-gone' ? { kind, now: false } : { kind, maxGrace: null };
  expect(changeKindOfAct(act)).toBe(change);
});

it.each([
  ['agents', 'drain', 'drain'],
  ['agents', 'deactivate', 'deactivate'],
  ['agents', 'reactivate', 'reactivate'],
  ['machines', 'clear', 'maintenance clear'],
  ['machines', 'stop', 'maintenance stop'],
])('a plan over %s to %s is %s', (of, what, change) => {
  const plan = { of, work: { do: what, maxGrace: null } } as Parameters<typeof changeKindOfPlan>[0];
  expect(changeKindOfPlan(plan)).toBe(change);
});
