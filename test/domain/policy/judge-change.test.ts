import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/domain/ids.ts';
import {
  refusalAtCall,
  refusalByPolicy,
  type WantedChange,
} from '../../../src/domain/policy/judge-change.ts';
import {
  type ChangeKind,
  changeKinds,
  defaultPolicy,
  type FreezeWindow,
  type Policy,
} from '../../../src/domain/policy.ts';

const now = instant(Date.UTC(2026, 10, 25, 12));
const until = instant(Date.UTC(2026, 10, 26));
const freeze: FreezeWindow = {
  name: 'audit week',
  when: { every: 'once', from: instant(Date.UTC(2026, 10, 23)), until },
  zone: 'UTC',
  freezes: ['drain', 'drain --mark-gone', 'mark-gone'],
};
const ticket = { source: '[A-Z]+-[0-9]+', words: 'the number of a ticket', example: 'OPS-42 new disk' };
const drain: WantedChange = { kind: 'drain', reason: null, overrideFreeze: false, underWay: false };

function judge(over: Partial<Policy>, wanted: Partial<WantedChange> = {}, trouble: string | null = null) {
  const policy = { ...defaultPolicy, ...over };
  const refusal = refusalByPolicy({ policy, trouble }, { ...drain, ...wanted }, now);
  return refusal?.code === 'against-policy' ? refusal.objections : (refusal?.code ?? null);
}

const frozen = { about: 'freeze', name: 'audit week', until, command: 'drain', canOverride: true };
const reasonless = { about: 'reason', words: ticket.words, example: ticket.example, given: false };

describe('what a policy has against a change', () => {
  it.each<[string, Partial<Policy>, Partial<WantedChange>, unknown]>([
    ['the default one: nothing', {}, {}, null],
    ['a freeze', { freezes: [freeze] }, {}, [frozen]],
    ['a freeze of other changes: nothing', { freezes: [freeze] }, { kind: 'reactivate' }, null],
    ['a freeze that is overridden: nothing', { freezes: [freeze] }, { overrideFreeze: true }, null],
    [
      'a freeze, of work that is under way',
      { freezes: [freeze] },
      { underWay: true },
      [{ ...frozen, canOverride: false }],
    ],
    ['a reason that is missing', { reasonPattern: ticket }, {}, [reasonless]],
    [
      'a reason that lacks the ticket',
      { reasonPattern: ticket },
      { reason: 'new disk' },
      [{ ...reasonless, given: true }],
    ],
    ['a reason with a ticket: nothing', { reasonPattern: ticket }, { reason: 'new disk, OPS-7' }, null],
    ['work that is under way has its reason', { reasonPattern: ticket }, { underWay: true }, null],
    ['both at once', { freezes: [freeze], reasonPattern: ticket }, {}, [frozen, reasonless]],
  ])('%s', (_, policy, wanted, objections) => {
    expect(judge(policy, wanted)).toEqual(objections);
  });
});

describe('while the latest policy can not be read', () => {
  it.each(changeKinds.map((kind) => [kind]))('%s', (kind: ChangeKind) => {
    const stops = ['drain --mark-gone', 'mark-gone', 'maintenance start'].includes(kind);
    expect(judge({}, { kind }, 'line 3')).toBe(stops ? 'policy-broken' : null);
    const atCall = refusalAtCall({ policy: defaultPolicy, trouble: 'line 3' }, { kind, overridden: [] }, now);
    expect(atCall?.code ?? null).toBe(stops ? 'policy-broken' : null);
  });
});

describe('when an approved call leaves', () => {
  const policy = { ...defaultPolicy, freezes: [freeze], reasonPattern: ticket };
  const atCall = (kind: ChangeKind, overridden: string[]) =>
    refusalAtCall({ policy, trouble: null }, { kind, overridden }, now);

  it('a freeze that has begun meanwhile refuses it', () => {
    expect(atCall('mark-gone', [])).toEqual({
      code: 'against-policy',
      objections: [{ ...frozen, command: 'mark-gone' }],
    });
  });

  it.each<[string, ChangeKind, string[]]>([
    ['the approval overrides that freeze', 'mark-gone', ['audit week']],
    ['the freeze is of something else', 'reactivate', []],
  ])('it may, where %s', (_, kind, overridden) => {
    expect(atCall(kind, overridden)).toBeNull();
  });

  it('another freeze than the one that was overridden refuses it', () => {
    expect(atCall('mark-gone', ['last week'])).not.toBeNull();
  });
});
