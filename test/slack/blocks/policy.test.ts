import { describe, expect, it } from '@jest/globals';
import { clusterName, instant } from '../../../src/domain/ids.ts';
import type { Notice, PolicyNews } from '../../../src/domain/notice.ts';
import { rulesNow } from '../../../src/domain/policy/rules-now.ts';
import { defaultPolicy, type FreezeWindow, type Policy } from '../../../src/domain/policy.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { alice } from '../../support/samples.ts';
import { read } from './read.ts';

const now = instant(Date.UTC(2026, 10, 25, 12));
const prod = clusterName('prod');
const freeze: FreezeWindow = {
  name: 'audit week',
  when: { every: 'once', from: instant(now - 1), until: instant(now + 3_600_000) },
  zone: 'UTC',
  freezes: ['drain', 'mark-gone'],
};

function whoami(over: Partial<Policy>, trouble: string | null = null): string {
  const rules = rulesNow({ policy: { ...defaultPolicy, ...over }, trouble }, now);
  const may = { cluster: prod, operator: true, approver: false, channelAllowed: true, why: [], rules };
  return read({ kind: 'whoami', person: alice, clusters: [may] });
}

describe('whoami', () => {
  it('says what needs a second person, and the limits', () => {
    const words = whoami({});
    expect(words).toContain(
      'What can’t be undone (`drain --mark-gone`, `mark-gone`, `maintenance start`) is done once 1 other person approves.',
    );
    expect(words).toContain(
      'The same holds for more than 3 agents in one command, and for less than 5 s of grace.',
    );
    expect(words).toContain('At most 3 agents drain at once, 1 with the same `rack`.');
    expect(words).not.toContain('freeze');
  });

  it('says which freeze is on, until when, and the way around it', () => {
    expect(whoami({ freezes: [freeze] })).toMatch(
      /\*The freeze “audit week” is on\* until .*13:00 UTC.*: `drain` and `mark-gone` wait; `--override-freeze` with a reason asks a second person\./,
    );
  });

  it('says what a reason must hold, and that the name must be typed', () => {
    const reasonPattern = { source: '[A-Z]+-\\d+', words: 'a ticket', example: 'OPS-42 new disk' };
    const words = whoami({ reasonPattern, nameMustBeTyped: true });
    expect(words).toContain('Every change needs a ticket in its reason, like `--reason "OPS-42 new disk"`.');
    expect(words).toContain('The name of the cluster must be typed with every change.');
  });

  it('says that the latest policy can not be read', () => {
    expect(whoami({}, 'prod.yaml:3: no')).toContain('*Its latest file can’t be read* (prod.yaml:3: no)');
  });
});

describe('a change that the policy is against', () => {
  const refused = (refusal: Refusal) => read({ kind: 'refused', refusal, typed: 'drain agent3' });
  const frozen = { about: 'freeze' as const, name: 'audit week', until: now, command: 'drain' as const };
  const reason = { about: 'reason' as const, words: 'a ticket', example: 'OPS-42', given: true };

  it('is told the freeze and the way around it', () => {
    const words = refused({ code: 'against-policy', objections: [{ ...frozen, canOverride: true }] });
    expect(words).toMatch(/^\*`drain` waits: the freeze “audit week” is on until .*\. Nothing was done\.\*/);
    expect(words).toContain('If it can’t wait, add `--override-freeze` and a reason');
  });

  it('is offered no way around where there is none', () => {
    expect(
      refused({ code: 'against-policy', objections: [{ ...frozen, canOverride: false }] }),
    ).not.toContain('--override-freeze');
  });

  it('is told all objections at once', () => {
    const words = refused({ code: 'against-policy', objections: [{ ...frozen, canOverride: true }, reason] });
    expect(words).toContain('The policy of this cluster is against this');
    expect(words).toContain('the freeze “audit week” is on');
    expect(words).toContain('The reason lacks something: The policy of this cluster asks for a ticket.');
    expect(words).toContain('Type it again with a reason like `--reason "OPS-42"`.');
  });
});

describe('the ops channel', () => {
  const told = (news: PolicyNews) => read({ kind: 'ops', what: { matter: 'policy', news } } as Notice);
  const changes = [{ setting: 'approvals.needed', was: '1', is: '2' }];

  it.each<[string, PolicyNews, string[]]>([
    [
      'is told what another policy changes',
      { what: 'changed', clusters: [{ cluster: prod, changes }], restored: false, restart: [] },
      ['*The policy has changed,* and counts from now on', 'On `prod`:', '`approvals.needed`: 1 → *2*'],
    ],
    [
      'is told what waits for a restart',
      { what: 'changed', clusters: [], restored: false, restart: ['timing', 'cluster prod'] },
      ['No policy has changed.', '`timing` and `cluster prod` also changed, and count from the next start'],
    ],
    [
      'is told that the policy can be read again',
      { what: 'changed', clusters: [], restored: true, restart: [] },
      ['*The policy can be read again.*', 'It says what it said before.'],
    ],
    [
      'is told what is wrong with the file, and what to do',
      { what: 'broken', problems: ['prod.yaml:3: approvals.needed must be at least 1'] },
      ['*The configuration can’t be read.*', 'prod.yaml:3: approvals.needed', 'npm run policy -- check FILE'],
    ],
  ])('%s', (_, news, words) => {
    for (const each of words) expect(told(news)).toContain(each);
  });
});
