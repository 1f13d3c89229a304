import { describe, expect, it } from '@jest/globals';
import { evolveApproval } from '../../../src/domain/approval/evolve.ts';
import { type ApprovalNarration, narrateApproval } from '../../../src/domain/approval/narrate.ts';
import { aboutApproval } from '../../../src/domain/approval/news.ts';
import type {
  Act,
  AgentApproval,
  ApprovalEvent,
  ApprovalState,
  Ballot,
  Settlement,
  VoteRefusal,
} from '../../../src/domain/approval.ts';
import { approvalId, drainId, iso, seconds } from '../../../src/domain/ids.ts';
import { approval, approvalStates, ballot, carol, dave, keyed } from '../../support/approval-samples.ts';
import { alice, at, bob, leader } from '../../support/samples.ts';

const { open, holding, standing, settled } = approvalStates;
const carols = ballot({ user: carol.userId, by: keyed(carol) });
const voted = (given: Ballot): ApprovalEvent => ({ type: 'voted', at: at(70), ballot: given });
const gone = (given: Ballot): ApprovalEvent => ({ type: 'vote-gone', at: at(70), ballot: given });
const stop = ballot({ mark: 'stop', verdict: { is: 'objects' } });
const deny = (is: 'denies' | 'withdraws' | 'stops') => ballot({ mark: 'deny', verdict: { is } });
const refused = (why: VoteRefusal, over: Partial<Ballot> = {}) =>
  ballot({ verdict: { is: 'refused', why }, ...over });
const unjudged = ballot({ verdict: null, by: null });

function narrated(
  event: ApprovalEvent,
  state: ApprovalState,
  over: Partial<AgentApproval> = {},
): ApprovalNarration {
  const before = approval({ state, ...over });
  return narrateApproval(before, evolveApproval(before, event), event);
}

/** What is filed, and by whom; what is said, with `+` where the channel hears it too; who is told alone. `-`: nothing. */
function inShort({ audit, say, whisper }: ApprovalNarration): string[] {
  const who = audit.actor.kind === 'person' ? audit.actor.person.name : audit.actor.kind;
  const news = say === null ? '-' : `${say.news.news}${say.broadcast ? '+' : ''}`;
  return [
    [audit.event, audit.outcome].filter(Boolean).join(' '),
    who,
    news,
    whisper === null ? '-' : `${whisper.to} ${whisper.refused.why}`,
  ];
}

type Row = [string, ApprovalEvent, ApprovalState, Partial<AgentApproval>, string[]];

const votes: Row[] = [
  ['one ✅ of two', voted(ballot()), open, { needed: 2 }, ['approval.vote approves', 'bob', 'counted', '-']],
  // The one that is enough is told with the hold that it begins.
  ['the ✅ that is enough', voted(ballot()), open, {}, ['approval.vote approves', 'bob', '-', '-']],
  [
    'the second ✅ of two',
    voted(ballot()),
    open,
    { needed: 2, ballots: [carols] },
    ['approval.vote approves', 'bob', '-', '-'],
  ],
  ['an objection', voted(stop), open, {}, ['approval.vote objects', 'bob', 'objected', '-']],
  // Told by the end that follows.
  ['a denial', voted(deny('denies')), open, {}, ['approval.vote denies', 'bob', '-', '-']],
  ['a withdrawal', voted(deny('withdraws')), open, {}, ['approval.vote withdraws', 'bob', '-', '-']],
  ['a stop', voted(deny('stops')), holding, {}, ['approval.vote stops', 'bob', '-', '-']],
  ['a vote not judged yet', voted(unjudged), open, {}, ['approval.vote not-judged', 'bot', '-', '-']],
  [
    'a vote not judged again, by somebody known',
    voted(ballot({ verdict: null })),
    open,
    {},
    ['approval.vote not-judged', 'bob', '-', '-'],
  ],
  ['a ✅ taken back', gone(ballot()), holding, {}, ['approval.vote-gone approves', 'bob', 'taken-back', '-']],
  [
    'a ✅ taken back from a drain',
    gone(ballot()),
    standing,
    {},
    ['approval.vote-gone approves', 'bob', 'taken-back', '-'],
  ],
  ['an objection taken back', gone(stop), open, {}, ['approval.vote-gone objects', 'bob', 'taken-back', '-']],
  [
    'a refused vote taken back',
    gone(refused('own-vote')),
    open,
    {},
    ['approval.vote-gone refused own-vote', 'bob', '-', '-'],
  ],
  [
    'an unjudged vote taken back',
    gone(unjudged),
    open,
    {},
    ['approval.vote-gone not-judged', 'bot', '-', '-'],
  ],
  [
    'a ✅ taken off after the end',
    gone(ballot()),
    settled,
    {},
    ['approval.vote-gone approves', 'bob', '-', '-'],
  ],
];

const steps: Row[] = [
  [
    'held',
    { type: 'held', at: at(70), until: at(100), by: [bob] },
    open,
    {},
    ['approval.held', 'bot', 'held', '-'],
  ],
  [
    'held anew',
    { type: 'held-anew', at: at(70), until: at(100) },
    holding,
    {},
    ['approval.held-anew', 'bot', 'held', '-'],
  ],
  [
    'asking for more votes',
    { type: 'needs', at: at(70), needed: 2, oneOf: null },
    holding,
    {},
    ['approval.needs', 'bot', 'needs', '-'],
  ],
  ['released', { type: 'released', at: at(70) }, holding, {}, ['approval.released', 'bot', 'released', '-']],
  [
    'standing',
    { type: 'stands', at: at(95), drain: drainId(17) },
    holding,
    {},
    ['approval.stands', 'bot', 'stands', '-'],
  ],
  [
    'waiting for its second call to be judged',
    { type: 'waits', at: at(300), why: 'Slack is away', tell: true },
    standing,
    {},
    ['approval.waits', 'bot', 'waits', '-'],
  ],
  [
    'waiting for its second call to be judged, for a moment',
    { type: 'waits', at: at(300), why: 'Slack is away', tell: false },
    standing,
    {},
    ['approval.waits', 'bot', '-', '-'],
  ],
];

const ends: [Settlement, string][] = [
  [{ how: 'used', by: [bob] }, 'bot'],
  [{ how: 'denied', by: carol }, 'carol'],
  [{ how: 'withdrawn', by: alice }, 'alice'],
  [{ how: 'stopped', by: dave }, 'dave'],
  [{ how: 'taken-back', by: bob }, 'bob'],
  [{ how: 'expired' }, 'bot'],
  [{ how: 'late', limit: seconds(900) }, 'bot'],
  [{ how: 'changed', what: [{ what: 'alive' }] }, 'bot'],
  [{ how: 'refused', refusal: { code: 'call-under-way', drain: drainId(17) } }, 'bot'],
  [{ how: 'no-prompt', why: 'deleted' }, 'bot'],
  [{ how: 'drain-ended', end: 'reactivated' }, 'bot'],
  [{ how: 'plan-ended', end: 'cancelled' }, 'bot'],
  [{ how: 'restored', shown: 'open' }, 'bot'],
];

describe('what an event of an approval leaves behind', () => {
  it.each(
    [...votes, ...steps].map(
      ([what, event, state, over, left]) => [what, left.join(' | '), event, state, over] as const,
    ),
  )('%s: %s', (_, left, event, state, over) => {
    expect(inShort(narrated(event, state, over)).join(' | ')).toBe(left);
  });

  it('has a row for every event but the end, which has more', () => {
    const types: Record<ApprovalEvent['type'], true> = {
      voted: true,
      'vote-gone': true,
      held: true,
      'held-anew': true,
      released: true,
      needs: true,
      waits: true,
      stands: true,
      settled: true,
    };
    const rows = [...votes, ...steps].map(([, event]) => event.type);
    expect([...new Set([...rows, 'settled'])].sort()).toEqual(Object.keys(types).sort());
  });

  it('names whose vote it was, which mark, and what it was worth', () => {
    expect(narrated(voted(refused('guest')), open).audit).toEqual({
      event: 'approval.vote',
      actor: { kind: 'person', person: bob },
      outcome: 'refused guest',
      facts: { user: 'U0BOB', mark: 'approve', command: 'drain' },
    });
    expect(narrated(voted(unjudged), open).audit).toMatchObject({ facts: { user: 'U0BOB' } });
  });

  it('counts people, not votes', () => {
    const twice = ballot({ user: carol.userId, by: { ...keyed(carol), key: keyed(bob).key } });
    expect(narrated(voted(twice), open, { needed: 3, ballots: [ballot()] }).say?.news).toEqual({
      news: 'counted',
      by: carol,
      votes: 1,
      needed: 3,
      missing: { votes: 2, oneOf: null },
    });
    expect(narrated(voted(carols), open, { needed: 3, ballots: [ballot()] }).say?.news).toMatchObject({
      votes: 2,
    });
  });

  it('tells until when it is held and by whom, and whether that began anew', () => {
    const [held, anew] = steps.map(([, event, state]) => narrated(event, state));
    expect(held?.say?.news).toEqual({ news: 'held', by: [bob], until: at(100), anew: false });
    expect(held?.audit.facts).toEqual({ by: [bob], until: iso(at(100)) });
    expect(anew?.say?.news).toEqual({ news: 'held', by: [bob], until: at(100), anew: true });
    expect(anew?.audit.facts).toEqual({ until: iso(at(100)) });
  });

  const word = { leader, startedAt: at(5) };
  it.each<[string, Partial<AgentApproval>, boolean]>([
    ['begun by its own call', {}, false],
    ['ours, and under way before', { drain: drainId(17), witness: word }, true],
    // Its prompt showed it; no call is made for it.
    ['somebody else’s, and under way before', { witness: word }, true],
  ])('tells whether its drain was under way before: %s', (_, over, already) => {
    const event: ApprovalEvent = { type: 'stands', at: at(95), drain: drainId(17) };
    const { say, audit } = narrated(event, holding, { ballots: [ballot()], ...over });
    expect(say?.news).toEqual({ news: 'stands', by: [bob], drain: 17, already });
    expect(audit.facts).toEqual({ by: [bob] });
  });

  it('tells who objects, and who took something back', () => {
    expect(narrated(voted(stop), open).say?.news).toEqual({ news: 'objected', by: bob });
    expect(narrated(gone(ballot()), holding).say?.news).toEqual({ news: 'taken-back', by: bob });
  });
});

describe('a vote that is refused', () => {
  const why: Record<VoteRefusal, 'told' | 'mute'> = {
    'own-vote': 'told',
    'not-entitled': 'told',
    guest: 'told',
    'other-workspace': 'told',
    'no-team': 'told',
    'shared-channel': 'told',
    expired: 'told',
    settled: 'told',
    'not-a-vote': 'told',
    // Nobody would read it.
    bot: 'mute',
    deactivated: 'mute',
    nobody: 'mute',
  };

  it.each(Object.entries(why) as [VoteRefusal, string][])('as %s is filed, and %s', (reason, told) => {
    const { audit, say, whisper } = narrated(voted(refused(reason, { mark: 'deny' })), open);
    expect(audit).toMatchObject({ event: 'approval.vote', outcome: `refused ${reason}` });
    expect(say).toBeNull();
    expect(whisper).toEqual(
      told === 'mute'
        ? null
        : { to: bob.userId, refused: { about: aboutApproval(approval()), mark: 'deny', why: reason } },
    );
  });

  it('is told to a voter of whom Slack names no team, too', () => {
    expect(inShort(narrated(voted(refused('no-team', { by: null })), open))).toEqual([
      'approval.vote refused no-team',
      'bot',
      '-',
      'U0BOB no-team',
    ]);
  });

  it('is told after the end as before it', () => {
    expect(inShort(narrated(voted(refused('settled')), settled))).toEqual([
      'approval.vote refused settled',
      'bob',
      '-',
      'U0BOB settled',
    ]);
  });
});

describe('the end of an approval', () => {
  it.each(ends.map(([how, who]) => [how.how, who, how] as const))(
    'as %s is filed as done by: %s',
    (_, who, how) => {
      const event: ApprovalEvent = { type: 'settled', at: at(95), how, again: null };
      const { audit, say, whisper } = narrated(event, holding);
      expect(audit).toMatchObject({ event: 'approval.settled', outcome: how.how, facts: how });
      expect(audit.facts).not.toHaveProperty('again');
      expect(audit.actor.kind === 'person' ? audit.actor.person.name : audit.actor.kind).toBe(who);
      expect(say?.news).toEqual({ news: 'settled', how, wasStanding: false, again: null });
      expect(whisper).toBeNull();
    },
  );

  it('names the question that asks again', () => {
    const how: Settlement = { how: 'changed', what: [{ what: 'leader' }] };
    const event: ApprovalEvent = { type: 'settled', at: at(95), how, again: approvalId(10) };
    const { audit, say } = narrated(event, standing);
    expect(audit.facts).toEqual({ ...how, again: 10 });
    expect(say?.news).toEqual({ news: 'settled', how, wasStanding: true, again: 10 });
  });

  const acts: Act[] = [
    { kind: 'drain', maxGrace: seconds(0) },
    { kind: 'drain-then-gone', maxGrace: null },
    { kind: 'drain-unattended', maxGrace: null },
    { kind: 'mark-gone', now: true },
  ];

  it.each(
    acts.flatMap((act) =>
      [open, holding, standing].map((state) => [act.kind, state.status, act, state] as const),
    ),
  )('of a %s is heard in the channel, while %s, unless its call leaves', (_, __, act, state) => {
    for (const [how] of ends) {
      const event: ApprovalEvent = { type: 'settled', at: at(95), how, again: null };
      expect(narrated(event, state, { act }).say?.broadcast).toBe(how.how !== 'used');
    }
  });
});
