import { describe, expect, it } from '@jest/globals';
import { actOf, reasonsForApproval } from '../../../src/domain/approval/needs-approval.ts';
import type { Act } from '../../../src/domain/approval.ts';
import type { DrainCommand } from '../../../src/domain/command.ts';
import { seconds } from '../../../src/domain/ids.ts';
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

describe('why a drain needs a second person', () => {
  it.each(cells)(
    'a grace of %s s, mark gone %s, on an agent that is %s: %s',
    (grace, markGone, work, why) => {
      const maxGrace = grace === null ? null : seconds(grace);
      const because = reasonsForApproval({ markGone, maxGrace }, { groups: works[work] });
      expect(because.map((reason) => reason.why).join(', ') || '-').toBe(why);
    },
  );

  it('is told with the facts: which command, and how many seconds', () => {
    expect(reasonsForApproval({ markGone: true, maxGrace: seconds(4) }, { groups: works.busy })).toEqual([
      { why: 'irreversible', command: 'drain --mark-gone' },
      { why: 'short-grace', seconds: 4 },
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
