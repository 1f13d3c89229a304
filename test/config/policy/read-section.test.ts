import { describe, expect, it } from '@jest/globals';
import { readPolicySection } from '../../../src/config/policy/read-section.ts';
import { instant } from '../../../src/domain/ids.ts';
import { policyInWords, wordsChanged } from '../../../src/domain/policy/in-words.ts';
import { oddIn } from '../../../src/domain/policy/soundness.ts';
import { changeKinds, defaultPolicy, type Policy } from '../../../src/domain/policy.ts';

const whole = {
  operators: ['U111', 'S222'],
  approvers: ['S333', 'U444'],
  channels: ['C555'],
  approvals: { needed: 2, one_of: ['S666'], hold: '1m', expiry: '2h', emoji: ':shipit:' },
  needs_approval: {
    verbs: ['Drain --mark-gone', 'mark-gone', 'maintenance start', 'deactivate'],
    agents_over: 1,
    grace_under: '30s',
    hours: {
      need: 'outside',
      days: ['mon-thu', 'Friday'],
      from: '09:00',
      to: '17:30',
      zone: 'Europe/Berlin',
    },
  },
  limits: { draining_at_once: 5, per_attribute: { rack: 1, zone: 2 }, brake_percent: 10 },
  collisions: { rack: 'refuse', framework: 'ignore' },
  gate: 'https://gate.example/prod',
  min_free_percent: 15,
  after_window: 'remind',
  remind_after: 'never',
  freezes: [
    {
      name: 'audit',
      from: '2026-12-01 00:00',
      until: '2026-12-03 12:00',
      zone: 'Europe/Berlin',
      freezes: ['drain'],
    },
    { name: 'holidays', from: '12-20 00:00', until: '01-04 08:00', zone: 'UTC' },
    { name: 'weekend', from: 'fri 18:00', until: 'monday 08:00', zone: 'UTC' },
  ],
  reason_pattern: { pattern: '[A-Z]+-\\d+', words: 'the number of a ticket', example: 'OPS-42 new disk' },
  name_must_be_typed: true,
};

function problems(section: unknown, base: Policy = defaultPolicy): string[] {
  return readPolicySection(section, base).problems.map(({ path, what }) => `${path.join('.')} ${what}`);
}

describe('the policy of a cluster, as the file has it', () => {
  it('holds every setting', () => {
    expect(readPolicySection(whole, defaultPolicy)).toEqual({
      problems: [],
      policy: {
        operators: { users: ['U111'], groups: ['S222'] },
        approvers: { users: ['U444'], groups: ['S333', 'S666'] },
        channels: ['C555'],
        approvals: {
          needed: 2,
          oneOf: { users: [], groups: ['S666'] },
          approving: 'shipit',
          holdMs: 60_000,
          expiryMs: 7_200_000,
        },
        needsApproval: {
          kinds: ['drain --mark-gone', 'mark-gone', 'maintenance start', 'deactivate'],
          agentsOver: 1,
          graceUnderSeconds: 30,
          hours: {
            need: 'outside',
            days: ['mon', 'tue', 'wed', 'thu', 'fri'],
            fromMinute: 540,
            toMinute: 1050,
            zone: 'Europe/Berlin',
          },
        },
        limits: {
          drainsAtOnce: 5,
          per: [
            { attribute: 'rack', allowed: 1 },
            { attribute: 'zone', allowed: 2 },
          ],
          brakePercent: 10,
        },
        collisions: { rack: 'refuse', framework: 'ignore' },
        gate: 'https://gate.example/prod',
        minFreePercent: 15,
        afterWindow: 'remind',
        remindAfterMs: null,
        freezes: [
          {
            name: 'audit',
            when: {
              every: 'once',
              from: Date.parse('2026-11-30T23:00Z'),
              until: Date.parse('2026-12-03T11:00Z'),
            },
            zone: 'Europe/Berlin',
            freezes: ['drain'],
          },
          {
            name: 'holidays',
            when: {
              every: 'year',
              from: { month: 12, day: 20, minute: 0 },
              until: { month: 1, day: 4, minute: 480 },
            },
            zone: 'UTC',
            freezes: changeKinds.filter((kind) => !['reactivate', 'maintenance stop'].includes(kind)),
          },
          {
            name: 'weekend',
            when: { every: 'week', from: { day: 'fri', minute: 1080 }, until: { day: 'mon', minute: 480 } },
            zone: 'UTC',
            freezes: expect.not.arrayContaining(['reactivate']),
          },
        ],
        reasonPattern: {
          source: '[A-Z]+-\\d+',
          words: 'the number of a ticket',
          example: 'OPS-42 new disk',
        },
        nameMustBeTyped: true,
      },
    });
  });

  it.each([[undefined], [null], [{}]])('is as the variables say where it says nothing: %j', (section) => {
    expect(readPolicySection(section, defaultPolicy)).toEqual({ policy: defaultPolicy, problems: [] });
  });

  it('takes one alone without brackets, and yes for true', () => {
    const { policy, problems } = readPolicySection(
      { operators: 'U1', channels: 'C1', name_must_be_typed: 'yes' },
      defaultPolicy,
    );
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({
      operators: { users: ['U1'] },
      channels: ['C1'],
      nameMustBeTyped: true,
    });
  });

  it('lets any channel in again', () => {
    const base = { ...defaultPolicy, channels: [] };
    expect(readPolicySection({ channels: 'any' }, base).policy.channels).toBeNull();
  });

  const needs = (over: object) => ({ needs_approval: over });
  const hours = (over: object) => needs({ hours: { ...whole.needs_approval.hours, ...over } });
  const freeze = (over: object) => ({ freezes: [{ ...whole.freezes[2], ...over }] });
  const reason = (over: object) => ({ reason_pattern: { ...whole.reason_pattern, ...over } });

  it.each<[string, unknown, RegExp[]]>([
    ['a list in its place', [], [/^ must hold settings of its own$/]],
    ['a setting that there is not', { aprovers: [] }, [/^aprovers is no setting; meant approvers\?$/]],
    [
      'a setting that there is not, further in',
      { approvals: { need: 1 } },
      [/^approvals\.need is no setting$/],
    ],
    ['people by name', { operators: ['alice'] }, [/^operators\.0 "alice" is neither a user ID/]],
    ['one person by name, not in a list', { approvers: 'bob' }, [/^approvers\.0 "bob" is neither/]],
    ['a number for a person', { approvers: [7] }, [/^approvers\.0 must be text/]],
    ['a channel by name', { channels: ['C1', '#ops'] }, [/^channels\.1 "#ops" is not a channel ID/]],
    ['a channel by name, not in a list', { channels: 'all' }, [/^channels\.0 "all" is not a channel ID/]],
    [
      'no approval at all',
      { approvals: { needed: 0 } },
      [/^approvals\.needed must be a whole number from 1/],
    ],
    ['half an approval', { approvals: { needed: 1.5 } }, [/^approvals\.needed must be a whole number/]],
    ['a gate that is no address', { gate: 'gate.example' }, [/^gate "gate\.example" is not an address/]],
    ['a gate with a password', { gate: 'http://a:b@gate' }, [/^gate an entry .* must not hold credentials/]],
    [
      'what no time out of service ends with, and reminders every minute',
      { remind_after: '1m', after_window: 'stop' },
      [/^after_window must be reactivate or remind/, /^remind_after "1m" must be from 1h to 30d, or never/],
    ],
    [
      'nothing but free room',
      { min_free_percent: 100 },
      [/^min_free_percent must be a whole number from 0 to 99/],
    ],
    ['an emoji that means something else', { approvals: { emoji: 'x' } }, [/^approvals\.emoji "x" means/]],
    ['a length without a unit', { approvals: { hold: '30' } }, [/^approvals\.hold "30" is not a length/]],
    [
      'an expiry within the hold',
      { approvals: { hold: '1m', expiry: '1m' } },
      [/^approvals\.expiry must be more than the hold/],
    ],
    [
      'what can not be undone left out',
      needs({ verbs: ['mark-gone', 'deactivate'] }),
      [
        /^needs_approval\.verbs leaves out drain --mark-gone, .* one person alone/,
        /^needs_approval\.verbs leaves out maintenance start, /,
      ],
    ],
    [
      'an unknown verb',
      needs({ verbs: ['reboot'] }),
      [/^needs_approval\.verbs\.0 "reboot" is none of drain, /],
    ],
    [
      'an unknown zone',
      hours({ zone: 'Mars/Base' }),
      [/^needs_approval\.hours\.zone "Mars\/Base" is not a time/],
    ],
    ['an offset for a zone', hours({ zone: '+02:00' }), [/^needs_approval\.hours\.zone/]],
    ['an unknown day', hours({ days: ['mo'] }), [/^needs_approval\.hours\.days\.0 "mo" is not a day/]],
    [
      'an hour that there is not',
      hours({ from: '25:00' }),
      [/^needs_approval\.hours\.from "25:00" is not a time/],
    ],
    ['an hour without its minutes', hours({ from: '9:00' }), [/^needs_approval\.hours\.from/]],
    [
      'hours that need something else',
      hours({ need: 'never' }),
      [/^needs_approval\.hours\.need must be inside/],
    ],
    ['hours without an end', hours({ to: undefined }), [/^needs_approval\.hours\.to must be text/]],
    [
      'a limit of nothing',
      { limits: { draining_at_once: 0 } },
      [/^limits\.draining_at_once must be a whole/],
    ],
    [
      'a limit of an attribute',
      { limits: { per_attribute: { rack: '1' } } },
      [/^limits\.per_attribute\.rack must/],
    ],
    [
      'a day that there is not',
      freeze({ from: '02-30 00:00', until: '03-01 00:00' }),
      [/^freezes\.0\.from .* no day/],
    ],
    [
      'a time that is none',
      freeze({ from: 'tomorrow' }),
      [/^freezes\.0\.from "tomorrow" is not a time like/],
    ],
    [
      'two kinds of time',
      freeze({ until: '12-24 00:00' }),
      [/^freezes\.0\.until begins and ends in two ways/],
    ],
    [
      'an end before its beginning',
      freeze({ from: '2026-12-02 00:00', until: '2026-12-01 00:00' }),
      [/^freezes\.0\.until ends before it begins/],
    ],
    ['no length', freeze({ until: 'fri 18:00' }), [/^freezes\.0\.until ends when it begins/]],
    [
      'two freezes of one name',
      { freezes: [whole.freezes[1], { ...whole.freezes[2], name: 'holidays' }] },
      [/^freezes\.1\.name is holidays twice/],
    ],
    [
      'a pattern that is none',
      reason({ pattern: '(' }),
      [/^reason_pattern\.pattern is no regular expression/],
    ],
    [
      'an example that does not do',
      reason({ example: 'new disk' }),
      [/^reason_pattern\.example does not match/],
    ],
    ['a pattern without words', reason({ words: undefined }), [/^reason_pattern\.words must be text/]],
    ['neither yes nor no', { name_must_be_typed: 'maybe' }, [/^name_must_be_typed must be yes or no/]],
    ['a yes in a list', { name_must_be_typed: [] }, [/^name_must_be_typed must be yes or no/]],
    [
      'one person for both',
      { operators: ['U1'], approvers: ['U1'] },
      [/^approvers is U1 alone, who is the only operator too: there is no second person/],
    ],
    ['an approver without any operator', { operators: [], approvers: ['U1'] }, [/^approvers is U1 alone/]],
    [
      'fewer approvers than are needed',
      { operators: ['U1'], approvers: ['U2', 'U3'], approvals: { needed: 3 } },
      [/^approvals\.needed is 3, and there are 2 approvers: nothing could ever be approved/],
    ],
    [
      'as many approvers as are needed, each of whom is an operator',
      { operators: ['U2', 'U3'], approvers: ['U2', 'U3'], approvals: { needed: 2 } },
      [/^approvals\.needed is 2, and whoever asks leaves 1 of the approvers: nothing could ever be approved/],
    ],
    ['one of nobody', { approvals: { one_of: [] } }, [/^approvals\.one_of names nobody/]],
    [
      'all at once',
      { operators: ['x'], approvals: { needed: 0, hold: 5 }, color: 1 },
      [/^operators/, /^approvals\.needed/, /^approvals\.hold/, /^color/],
    ],
  ])('has a problem with %s', (_, section, expected) => {
    const found = problems(section);
    expect(found).toHaveLength(expected.length);
    expected.forEach((pattern, at) => {
      expect(found[at]).toMatch(pattern);
    });
  });

  it('is refused too where the variables are to blame', () => {
    const base: Policy = { ...defaultPolicy, approvals: { ...defaultPolicy.approvals, needed: 0 } };
    expect(problems({}, base)).toEqual([
      'approvals.needed must be at least 1: one person alone could make an agent gone',
    ]);
  });
});

describe('what is odd in a policy, and allowed', () => {
  const now = instant(Date.parse('2027-01-02T12:00Z'));
  const odd = (section: object) =>
    oddIn(
      readPolicySection({ operators: ['U1'], approvers: ['U2', 'U3'], ...section }, defaultPolicy).policy,
      now,
    ).map(({ path, what }) => `${path.join('.')} ${what}`);

  it.each<[string, object, RegExp[]]>([
    ['nothing', {}, []],
    ['no operators', { operators: [] }, [/^operators is empty/]],
    ['no approvers', { approvers: [] }, [/^approvers is empty/]],
    ['approvers that are groups alone', { approvers: ['S1'] }, [/^approvers names groups alone/]],
    [
      'as many approvers as are needed',
      { approvals: { needed: 2 } },
      [/^approvals\.needed is 2, as many as/],
    ],
    ['no channel', { channels: [] }, [/^channels is empty/]],
    [
      'a freeze that is over, one that is on, and one to come',
      { freezes: whole.freezes },
      [
        /^freezes\.0 \(audit\) is over/,
        /^freezes\.1 \(holidays\) is on now/,
        /^freezes\.2 \(weekend\) is on now/,
      ],
    ],
    [
      'a freeze of the way back',
      {
        freezes: [
          {
            ...whole.freezes[0],
            from: '2027-02-01 00:00',
            until: '2027-02-02 00:00',
            freezes: ['reactivate'],
          },
        ],
      },
      [/^freezes\.0\.freezes keeps agents out of service/],
    ],
  ])('%s', (_, section, expected) => {
    const found = odd(section);
    expect(found).toHaveLength(expected.length);
    expected.forEach((pattern, at) => {
      expect(found[at]).toMatch(pattern);
    });
  });
});

describe('what another policy changes, in words', () => {
  it('is nothing, of the same', () => {
    expect(wordsChanged(policyInWords(defaultPolicy), policyInWords(structuredClone(defaultPolicy)))).toEqual(
      [],
    );
  });

  it('is each setting that says something else, with both', () => {
    const after = readPolicySection(
      {
        approvals: { needed: 2, one_of: ['S666'], hold: '1m' },
        limits: { per_attribute: { zone: 2 } },
        freezes: [whole.freezes[0]],
        reason_pattern: whole.reason_pattern,
      },
      defaultPolicy,
    ).policy;
    expect(wordsChanged(policyInWords(defaultPolicy), policyInWords(after))).toEqual([
      { setting: 'approvers', was: 'nobody', is: 'group S666' },
      { setting: 'approvals.needed', was: '1, besides the one who asks', is: '2, besides the one who asks' },
      { setting: 'approvals.one_of', was: 'nobody in particular', is: 'one of group S666' },
      { setting: 'approvals.hold', was: '30 s', is: '1 min' },
      { setting: 'limits.per_attribute', was: '1 with the same rack', is: '2 with the same zone' },
      {
        setting: 'freezes',
        was: 'none',
        is: 'audit (from 2026-12-01 00:00 until 2026-12-03 12:00, Europe/Berlin; drain)',
      },
      {
        setting: 'reason_pattern',
        was: 'any reason will do',
        is: 'the number of a ticket, like OPS-42 new disk (/[A-Z]+-\\d+/)',
      },
    ]);
  });
});
