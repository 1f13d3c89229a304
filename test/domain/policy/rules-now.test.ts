import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/ids.ts';
import { rulesNow } from '../../../src/domain/policy/rules-now.ts';
import { defaultPolicy, type FreezeWindow, type Policy } from '../../../src/domain/policy.ts';

const now = instant(Date.UTC(2026, 10, 25, 12));
const freeze: FreezeWindow = {
  name: 'audit week',
  when: { every: 'once', from: instant(now - 1), until: instant(now + 1) },
  zone: 'UTC',
  freezes: ['mark-gone', 'drain'],
};
const rules = (over: Partial<Policy> = {}, trouble: string | null = null) =>
  rulesNow({ policy: { ...defaultPolicy, ...over }, trouble }, now);

describe('what a policy lets people do now', () => {
  it('is by default what always holds', () => {
    expect(rules()).toEqual({
      trouble: null,
      frozen: [],
      needed: 1,
      oneOf: false,
      kinds: [],
      agentsOver: 3,
      graceUnderSeconds: 5,
      hours: null,
      limits: defaultPolicy.limits,
      reason: null,
      nameMustBeTyped: false,
    });
  });

  it('names the freezes that are on, with all that they freeze, and no others', () => {
    const later = {
      ...freeze,
      name: 'later',
      when: { ...freeze.when, from: instant(now + 1) },
    } as FreezeWindow;
    expect(rules({ freezes: [later, freeze] }).frozen).toEqual([
      { name: 'audit week', until: now + 1, kinds: ['drain', 'mark-gone'] },
    ]);
  });

  it('tells hours of now from others, and trouble with the file', () => {
    const hours = {
      days: ['wed' as const],
      fromMinute: 0,
      toMinute: 1440,
      zone: 'UTC',
      need: 'inside' as const,
    };
    const needsApproval = {
      ...defaultPolicy.needsApproval,
      hours,
      kinds: ['mark-gone' as const, 'drain' as const],
    };
    expect(rules({ needsApproval }, 'line 3')).toMatchObject({
      trouble: 'line 3',
      kinds: ['drain'],
      hours: { words: 'inside Wed 00:00-24:00, UTC', now: true },
    });
    const other = { ...hours, need: 'outside' as const };
    expect(rules({ needsApproval: { ...needsApproval, hours: other } }).hours?.now).toBe(false);
  });
});
