import { describe, expect, it } from '@jest/globals';
import {
  actOf,
  type ForOneOrTwo,
  isIdle,
  overriddenBy,
  reasonsForApproval,
} from '../../../src/domain/approval/needs-approval.ts';
import type { Act } from '../../../src/domain/approval.ts';
import type { DrainCommand } from '../../../src/domain/command.ts';
import { instant, seconds } from '../../../src/domain/ids.ts';
import { defaultPolicy, type FreezeWindow, type Hours, type Policy } from '../../../src/domain/policy.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import { preview } from '../../support/samples.ts';

const works = {
  busy: preview().groups,
  idle: { known: true, value: [] },
  'not known': { known: false, why: 'the agent can not be asked' },
} satisfies Record<string, Preview['groups']>;
type Work = keyof typeof works;

/** Grace × mark gone × what runs there: why a second person is needed; `-`: none is. */
const table: [number | null, boolean, Record<Work, string>][] = [
  [null, false, { busy: '-', idle: '-', 'not known': '-' }],
  [600, false, { busy: '-', idle: '-', 'not known': '-' }],
  [5, false, { busy: '-', idle: '-', 'not known': '-' }],
  [4, false, { busy: 'short-grace', idle: '-', 'not known': 'short-grace' }],
  [0, false, { busy: 'short-grace', idle: '-', 'not known': 'short-grace' }],
  [null, true, { busy: 'irreversible', idle: 'irreversible', 'not known': 'irreversible' }],
  [600, true, { busy: 'irreversible', idle: 'irreversible', 'not known': 'irreversible' }],
  [
    0,
    true,
    {
      busy: 'irreversible, short-grace',
      idle: 'irreversible',
      'not known': 'irreversible, short-grace',
    },
  ],
];
const cells = table.flatMap(([grace, markGone, row]) =>
  (Object.keys(works) as Work[]).map((work) => [grace, markGone, work, row[work]] as const),
);

const plain: ForOneOrTwo = {
  kind: 'drain',
  agents: 1,
  maxGrace: null,
  idle: false,
  overrideFreeze: false,
};

/** A Wednesday, 12:00 UTC. */
const noon = instant(Date.UTC(2026, 10, 25, 12));

function because(over: Partial<ForOneOrTwo>, policy: Partial<Policy> = {}, at = noon) {
  return reasonsForApproval({ ...defaultPolicy, ...policy }, { ...plain, ...over }, at);
}

describe('why a drain needs a second person', () => {
  it.each(cells)(
    'a grace of %s s, mark gone %s, on an agent that is %s: %s',
    (grace, markGone, work, why) => {
      const told = because({
        kind: markGone ? 'drain --mark-gone' : 'drain',
        maxGrace: grace === null ? null : seconds(grace),
        idle: isIdle({ groups: works[work] }),
      });
      expect(told.map((reason) => reason.why).join(', ') || '-').toBe(why);
    },
  );

  it('is told with the facts: which command, and how many seconds', () => {
    expect(because({ kind: 'drain --mark-gone', maxGrace: seconds(4) })).toEqual([
      { why: 'irreversible', command: 'drain --mark-gone' },
      { why: 'short-grace', seconds: 4, under: 5 },
    ]);
  });
});

describe('what a policy wants a second person for', () => {
  const hours: Hours = {
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    fromMinute: 9 * 60,
    toMinute: 17 * 60,
    zone: 'UTC',
    need: 'outside',
  };
  const until = instant(Date.UTC(2026, 10, 26));
  const freeze: FreezeWindow = {
    name: 'audit week',
    when: { every: 'once', from: instant(Date.UTC(2026, 10, 23)), until },
    zone: 'UTC',
    freezes: ['drain'],
  };
  const more = (over: Partial<Policy['needsApproval']>) => ({
    needsApproval: { ...defaultPolicy.needsApproval, ...over },
  });

  it.each<[string, Partial<ForOneOrTwo>, Partial<Policy>, object[]]>([
    ['three agents, by default: nothing', { agents: 3 }, {}, []],
    ['four agents, by default', { agents: 4 }, {}, [{ why: 'many-agents', agents: 4, over: 3 }]],
    ['two agents, where one is enough', { agents: 2 }, more({ agentsOver: 1 }), [{ why: 'many-agents' }]],
    [
      'a grace that is short here',
      { maxGrace: seconds(59) },
      more({ graceUnderSeconds: 60 }),
      [{ why: 'short-grace', seconds: 59, under: 60 }],
    ],
    [
      'a verb that is named',
      { kind: 'deactivate' },
      more({ kinds: ['deactivate'] }),
      [{ why: 'policy-verb', command: 'deactivate' }],
    ],
    ['a verb that is not named: nothing', { kind: 'reactivate' }, more({ kinds: ['deactivate'] }), []],
    [
      'what can not be undone, though no list names it',
      { kind: 'maintenance start' },
      more({ kinds: [] }),
      [{ why: 'irreversible', command: 'maintenance start' }],
    ],
    ['hours in which one is enough: nothing', {}, more({ hours }), []],
    ['hours in which it takes two', {}, more({ hours: { ...hours, need: 'inside' } }), [{ why: 'hours' }]],
    [
      'a freeze that is overridden',
      { overrideFreeze: true },
      { freezes: [freeze] },
      [{ why: 'freeze', name: 'audit week', until }],
    ],
    [
      'a freeze of something else: nothing',
      { kind: 'reactivate', overrideFreeze: true },
      { freezes: [freeze] },
      [],
    ],
    ['--override-freeze where there is no freeze: nothing', { overrideFreeze: true }, {}, []],
  ])('%s', (_, change, policy, told) => {
    expect(because(change, policy)).toMatchObject(told);
    expect(because(change, policy)).toHaveLength(told.length);
  });

  it('names the freezes that an approval overrides, and nothing else', () => {
    expect(overriddenBy(because({ agents: 9, overrideFreeze: true }, { freezes: [freeze] }))).toEqual([
      'audit week',
    ]);
  });
});

describe('what a drain command asks a second person for', () => {
  function command(over: Partial<DrainCommand>): DrainCommand {
    return {
      verb: 'drain',
      targets: { names: [{ typed: 'agent3' }] },
      maxGrace: seconds(600),
      markGone: false,
      unattended: false,
      reason: null,
      dryRun: false,
      overrideFreeze: false,
      ...over,
    };
  }

  it.each<[string, Partial<DrainCommand>, Act]>([
    ['a plain drain', {}, { kind: 'drain', maxGrace: seconds(600) }],
    ['--mark-gone', { markGone: true }, { kind: 'drain-then-gone', maxGrace: seconds(600) }],
    [
      '--mark-gone without a grace',
      { markGone: true, maxGrace: null },
      { kind: 'drain-then-gone', maxGrace: null },
    ],
    [
      '--mark-gone --unattended',
      { markGone: true, unattended: true },
      { kind: 'drain-unattended', maxGrace: seconds(600) },
    ],
    // No mark gone is ever read into what a person typed without it.
    ['--unattended alone', { unattended: true }, { kind: 'drain', maxGrace: seconds(600) }],
  ])('%s', (_, over, act) => {
    expect(actOf(command(over))).toEqual(act);
  });
});
