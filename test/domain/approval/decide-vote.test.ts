import { describe, expect, it } from '@jest/globals';
import { decideVote, markOf, type Question, type Voter } from '../../../src/domain/approval/decide-vote.ts';
import type { ApprovalState, Mark } from '../../../src/domain/approval.ts';
import { personKey } from '../../../src/domain/person.ts';

const requester = personKey('T0HOME U0ALICE');
type Person = Extract<Voter, { kind: 'person' }>;
const full: Person = {
  kind: 'person',
  standing: 'full',
  key: personKey('T0HOME U0BOB'),
  ofThisWorkspace: true,
  entitled: true,
  oneOf: false,
};

const voters = {
  entitled: full,
  'not entitled': { ...full, entitled: false },
  // An entitled requester: the approvers' list may well name them.
  requester: { ...full, key: requester },
  bot: { ...full, standing: 'bot' },
  guest: { ...full, standing: 'guest' },
  deactivated: { ...full, standing: 'deactivated' },
  'without a team': { ...full, key: null, ofThisWorkspace: false },
  'of another workspace': { ...full, ofThisWorkspace: false },
  nobody: { kind: 'nobody' },
  'not known now': { kind: 'unknown', why: 'Slack is away' },
} as const satisfies Record<string, Voter>;

type Status = ApprovalState['status'];
const statuses: Status[] = ['open', 'holding', 'standing', 'settled'];
const marks: Mark[] = ['approve', 'deny', 'stop', 'mistaken'];

/** What a vote in time counts as: by mark, voter, then open / holding / standing. */
const counts: Record<Exclude<Mark, 'mistaken'>, Record<keyof typeof voters, [string, string, string]>> = {
  approve: {
    entitled: ['approves', 'approves', 'approves'],
    'not entitled': ['not-entitled', 'not-entitled', 'not-entitled'],
    requester: ['own-vote', 'own-vote', 'own-vote'],
    bot: ['bot', 'bot', 'bot'],
    guest: ['guest', 'guest', 'guest'],
    deactivated: ['deactivated', 'deactivated', 'deactivated'],
    'without a team': ['no-team', 'no-team', 'no-team'],
    'of another workspace': ['other-workspace', 'other-workspace', 'other-workspace'],
    nobody: ['nobody', 'nobody', 'nobody'],
    'not known now': ['later', 'later', 'later'],
  },
  deny: {
    entitled: ['denies', 'denies', 'denies'],
    'not entitled': ['objects', 'stops', 'stops'],
    requester: ['withdraws', 'withdraws', 'withdraws'],
    bot: ['bot', 'bot', 'bot'],
    guest: ['guest', 'guest', 'guest'],
    deactivated: ['deactivated', 'deactivated', 'deactivated'],
    'without a team': ['no-team', 'no-team', 'no-team'],
    'of another workspace': ['other-workspace', 'other-workspace', 'other-workspace'],
    nobody: ['nobody', 'nobody', 'nobody'],
    'not known now': ['later', 'later', 'later'],
  },
  stop: {
    entitled: ['objects', 'stops', 'stops'],
    'not entitled': ['objects', 'stops', 'stops'],
    requester: ['objects', 'stops', 'stops'],
    bot: ['bot', 'bot', 'bot'],
    guest: ['guest', 'guest', 'guest'],
    deactivated: ['deactivated', 'deactivated', 'deactivated'],
    'without a team': ['no-team', 'no-team', 'no-team'],
    'of another workspace': ['other-workspace', 'other-workspace', 'other-workspace'],
    nobody: ['nobody', 'nobody', 'nobody'],
    'not known now': ['later', 'later', 'later'],
  },
};

function decided(over: Partial<Question>, mark: Mark, voter: Voter): string {
  const question: Question = {
    status: 'open',
    runsOut: over.status !== 'standing',
    seenLate: false,
    shared: false,
    requester: [requester],
    ...over,
  };
  const verdict = decideVote(question, mark, voter);
  return verdict === null ? 'later' : verdict.is === 'refused' ? verdict.why : verdict.is;
}

/** Every cell: question × mark × voter, in time and late, in a channel of our own and in a shared one. */
const cells = statuses.flatMap((status) =>
  marks.flatMap((mark) =>
    Object.entries(voters).flatMap(([who, voter]) =>
      [false, true].flatMap((seenLate) =>
        [false, true].map((shared) => ({
          status,
          mark,
          who: who as keyof typeof voters,
          voter,
          seenLate,
          shared,
        })),
      ),
    ),
  ),
);

function expected({ status, mark, who, seenLate, shared }: (typeof cells)[number]): string {
  if (status === 'settled') return 'settled';
  if (mark === 'mistaken') return 'not-a-vote';
  if (shared) return 'shared-channel';
  const column = status === 'open' ? 0 : status === 'holding' ? 1 : 2;
  // Once the first of two calls has left, a no is never too late; a yes is.
  if (seenLate && (status !== 'standing' || mark === 'approve')) return 'expired';
  return counts[mark][who][column];
}

describe('decideVote', () => {
  it.each(
    cells.map(
      (cell) =>
        [
          `${cell.mark} by ${cell.who}, ${cell.status}${cell.seenLate ? ', late' : ''}${cell.shared ? ', shared' : ''}`,
          expected(cell),
          cell,
        ] as const,
    ),
  )('%s: %s', (_, wanted, { status, mark, voter, seenLate, shared }) => {
    expect(decided({ status, seenLate, shared }, mark, voter)).toBe(wanted);
  });

  it('tells people by what they are across workspaces: a second account of the requester is the requester', () => {
    const one = personKey('enterprise W1');
    expect(decided({ requester: [one] }, 'approve', { ...full, key: one })).toBe('own-vote');
  });

  it('knows the requester by any key that they had', () => {
    const keys = [personKey('T1 U1'), personKey('enterprise W1')];
    for (const key of keys)
      expect(decided({ requester: keys }, 'approve', { ...full, key })).toBe('own-vote');
  });

  it.each([true, false])('knows whether whoever approves is one of whom one must: %s', (oneOf) => {
    const question: Question = {
      status: 'open',
      runsOut: true,
      seenLate: false,
      shared: false,
      requester: [requester],
    };
    expect(decideVote(question, 'approve', { ...full, oneOf })).toEqual({ is: 'approves', oneOf });
    // Whoever is named there, and is no approver, does not count.
    expect(decideVote(question, 'approve', { ...full, entitled: false, oneOf })).toMatchObject({
      is: 'refused',
    });
  });

  it.each<[Mark, string]>([
    ['approve', 'expired'],
    ['deny', 'denies'],
    ['stop', 'stops'],
  ])('counts %s as %s that is first seen after the expiry of one that waits for its hour', (mark, counts) => {
    expect(decided({ status: 'holding', runsOut: false, seenLate: true }, mark, full)).toBe(counts);
  });

  it('lets only one combination of all approve', () => {
    const approving = cells.filter(
      ({ status, mark, voter, seenLate, shared }) =>
        decided({ status, seenLate, shared }, mark, voter) === 'approves',
    );
    expect(
      new Set(approving.map(({ who, mark, seenLate, shared }) => [who, mark, seenLate, shared].join())),
    ).toEqual(new Set(['entitled,approve,false,false']));
  });
});

describe('markOf', () => {
  it.each([
    ['white_check_mark', 'approve'],
    ['x', 'deny'],
    ['octagonal_sign', 'stop'],
    ['no_entry', 'stop'],
    ['+1', 'mistaken'],
    ['+1::skin-tone-4', 'mistaken'],
    ['thumbsup', 'mistaken'],
    ['heavy_check_mark', 'mistaken'],
    ['ballot_box_with_check', 'mistaken'],
    ['ok_hand::skin-tone-2', 'mistaken'],
    ['eyes', null],
    ['WHITE_CHECK_MARK', null],
    ['white_check_mark_2', null],
    ['', null],
  ])('takes %s for %s', (name, mark) => {
    expect(markOf(name, 'white_check_mark')).toBe(mark);
  });

  it('knows one emoji that approves, whichever is configured', () => {
    expect(markOf('ship_it', 'ship_it')).toBe('approve');
    expect(markOf('white_check_mark', 'ship_it')).toBe('mistaken');
  });
});
