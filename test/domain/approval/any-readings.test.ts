import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Voter } from '../../../src/domain/approval/decide-vote.ts';
import { evolveApproval } from '../../../src/domain/approval/evolve.ts';
import { mayLeave, type Reading, readBallots } from '../../../src/domain/approval/read-ballots.ts';
import type { Approval, ApprovalEvent, Ballot, Mark } from '../../../src/domain/approval.ts';
import { drainId, type Instant, type UserId, userGroupId, userId } from '../../../src/domain/ids.ts';
import { type PersonKey, personKey } from '../../../src/domain/person.ts';
import { approval, reading } from '../../support/approval-samples.ts';
import { alice, at, home } from '../../support/samples.ts';

/** Accounts, and the human behind each: alice, who asks, and bob have two. */
const humans: Record<string, string> = {
  U0ALICE: 'alice',
  W0ALICE: 'alice',
  U0BOB: 'bob',
  W0BOB: 'bob',
  U0CAROL: 'carol',
  U0DAVE: 'dave',
};
const accounts = Object.keys(humans).map(userId);
const keyOf = (user: UserId) => personKey(`enterprise ${humans[user]}`);
const asked = approval({ requester: { ...alice, key: keyOf(alice.userId) } });

/** Mostly a yes: one no ends a question. */
const marks = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Mark>('approve') },
  { weight: 3, arbitrary: fc.constantFrom<Mark[]>('deny', 'stop', 'mistaken') },
);

/** Mostly a person who may approve; now and then somebody else, or nobody whom Slack can tell of. */
const facts = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record<Facts>({
      entitled: fc.constant(true),
      lead: fc.boolean(),
      standing: fc.constant('full'),
      here: fc.constant(true),
      team: fc.constant(true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record<Facts>({
      entitled: fc.boolean(),
      lead: fc.boolean(),
      standing: fc.constantFrom('full', 'full', 'bot', 'guest', 'deactivated'),
      here: fc.boolean(),
      team: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom<(Facts | 'unknown' | 'nobody')[]>('unknown', 'nobody') },
);
interface Facts {
  entitled: boolean;
  lead: boolean;
  standing: 'full' | 'bot' | 'guest' | 'deactivated';
  here: boolean;
  team: boolean;
}

function voterOf(user: UserId, told: Facts | 'unknown' | 'nobody'): Voter {
  if (told === 'unknown') return { kind: 'unknown', why: 'Slack is away' };
  if (told === 'nobody') return { kind: 'nobody' };
  const { entitled, lead, standing, here, team } = told;
  return {
    kind: 'person',
    standing,
    key: team ? keyOf(user) : null,
    ofThisWorkspace: here && team,
    entitled,
    oneOf: lead,
  };
}

/** Of whom one must approve, in some readings. */
const leads = { users: [], groups: [userGroupId('S0LEADS')] };

/** A reading of Slack's copy: who has which marks, and what each account is at that time. */
const readings: fc.Arbitrary<Reading> = fc
  .record({
    marked: fc.uniqueArray(fc.tuple(fc.constantFrom(...accounts), marks), {
      minLength: 1,
      maxLength: 6,
      selector: (pair) => pair.join(),
    }),
    people: fc.tuple(...accounts.map(() => facts)),
    needed: fc.constantFrom(-1, 0, 1, 1, 2, 2, 3),
    oneOf: fc.constantFrom(null, null, leads),
    shared: fc.constantFrom(false, false, false, false, false, true),
  })
  .map(({ marked, people, needed, oneOf, shared }) =>
    reading(
      marked.map(([user, mark]) => {
        const told = people[accounts.indexOf(user)] ?? 'unknown';
        const who = voterOf(user, told);
        const key = who.kind === 'person' ? who.key : null;
        return {
          user,
          mark,
          voter: who,
          by: key === null ? null : { userId: user, teamId: home, name: user, key },
        };
      }),
      { needed, oneOf, shared },
    ),
  );

/** Readings in the order of their hours, the first ones before it expires; the first of two calls leaves after some. */
const stories = fc.array(
  fc.record({
    gapMs: fc.constantFrom(0, 1_000, 5_000, 60_000, 60_000, 900_000, 3_600_000),
    read: readings,
    begins: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
);

interface Step {
  before: Approval;
  after: Approval;
  read: Reading;
  at: Instant;
  events: ApprovalEvent[];
}

/** Every reading of a story, with what it made of the question. */
function told(story: Parameters<Parameters<typeof stories.map>[0]>[0]): Step[] {
  let now = asked;
  let hour = at(0);
  return story.map(({ gapMs, read, begins }) => {
    hour = (hour + gapMs) as Instant;
    const before = now;
    const events = readBallots(before, read, hour);
    const after = events.reduce(evolveApproval, before);
    now =
      begins && after.state.status === 'holding'
        ? evolveApproval(after, { type: 'stands', at: hour, drain: drainId(17) })
        : after;
    return { before, after, read, at: hour, events };
  });
}

/** The humans whose ✅ is worth one, as far as anybody could tell: judged at this reading, or when Slack last could say. */
function makeWorth() {
  const seen = new Map<UserId, { since: Instant; counts: boolean }>();
  return ({ read, at: hour }: Step): Set<PersonKey> => {
    const yes = read.ballots.filter(({ mark }) => mark === 'approve');
    for (const user of seen.keys()) if (!yes.some((each) => each.user === user)) seen.delete(user);
    for (const { user, voter } of yes) {
      const known = seen.get(user);
      const since = known?.since ?? hour;
      const person =
        voter.kind === 'person' &&
        voter.standing === 'full' &&
        voter.ofThisWorkspace &&
        voter.entitled &&
        voter.key !== null &&
        voter.key !== asked.requester.key;
      const sure = voter.kind !== 'unknown' || read.shared || since >= asked.expiresAt;
      const counts = person && !read.shared && since < asked.expiresAt;
      seen.set(user, { since, counts: sure ? counts : (known?.counts ?? false) });
    }
    return new Set([...seen].filter(([, { counts }]) => counts).map(([user]) => keyOf(user)));
  };
}

function isLeadsYes({ verdict }: Ballot): boolean {
  return verdict?.is === 'approves' && verdict.oneOf;
}

/** The marks in a canonical order. */
function marksOf(ballots: { user: UserId; mark: Mark }[]): string[] {
  return ballots.map(({ user, mark }) => `${user} ${mark}`).sort();
}

describe('any sequence of readings', () => {
  it('never holds without enough people who may approve, none of whom asked', async () => {
    let holds = 0;
    let oneOfSeveral = 0;
    let withLead = 0;
    await fc.assert(
      fc.property(stories, (story) => {
        const worth = makeWorth();
        for (const step of told(story)) {
          const people = worth(step);
          const held = step.events.find((event) => event.type === 'held');
          if (held === undefined) continue;
          holds += 1;
          if (step.read.needed > 1) oneOfSeveral += 1;
          if (step.read.oneOf !== null) {
            withLead += 1;
            // Judged now, or when Slack last could say.
            expect(step.after.ballots.some(isLeadsYes)).toBe(true);
          }
          expect(people.size).toBeGreaterThanOrEqual(Math.max(1, step.read.needed));
          expect(new Set(held.by.map(({ userId: user }) => keyOf(user)))).toEqual(people);
          expect(held.by).toHaveLength(people.size);
          expect(people).not.toContain(asked.requester.key);
          expect(held.at).toBeLessThan(asked.expiresAt);
          expect(held.until).toBe(held.at + step.read.holdMs);
        }
      }),
      { numRuns: 500 },
    );
    expect(holds).toBeGreaterThan(50);
    expect(oneOfSeveral).toBeGreaterThan(5);
    expect(withLead).toBeGreaterThan(5);
  });

  it('lets no call leave without as many who were judged just now, or over a no', async () => {
    let leaving = 0;
    await fc.assert(
      fc.property(stories, (story) => {
        for (const { after, read } of told(story)) {
          if (after.state.status === 'settled' || !mayLeave(after, read)) continue;
          leaving += 1;
          const people = read.ballots.flatMap(({ mark, voter }) =>
            mark === 'approve' && voter.kind === 'person' && voter.entitled ? [voter.key] : [],
          );
          expect(new Set(people).size).toBeGreaterThanOrEqual(Math.max(1, read.needed));
          for (const { mark, voter } of read.ballots)
            if (mark === 'deny' || mark === 'stop')
              expect(
                voter.kind === 'nobody' ||
                  (voter.kind === 'person' && (voter.standing !== 'full' || !voter.ofThisWorkspace)) ||
                  // Slack can't say who they are now, and could before.
                  voter.kind === 'unknown',
              ).toBe(true);
          expect(read.shared).toBe(false);
          if (read.oneOf !== null)
            expect(
              read.ballots.some(
                ({ mark, voter }) =>
                  mark === 'approve' && voter.kind === 'person' && voter.entitled && voter.oneOf,
              ),
            ).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect(leaving).toBeGreaterThan(100);
  });

  it('never leads out of its end', async () => {
    let ends = 0;
    await fc.assert(
      fc.property(stories, (story) => {
        for (const { before, after, events } of told(story)) {
          if (before.state.status !== 'settled') continue;
          ends += 1;
          expect(after.state).toEqual(before.state);
          expect(events.every(({ type }) => type === 'voted' || type === 'vote-gone')).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(ends).toBeGreaterThan(100);
  });

  it('yields nothing when the same is read again at the same time', async () => {
    await fc.assert(
      fc.property(stories, (story) => {
        for (const { after, read, at: hour } of told(story))
          expect(readBallots(after, read, hour)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves the ballots that Slack shows, each since it was first seen, whoever replays the events', async () => {
    await fc.assert(
      fc.property(stories, (story) => {
        const steps = told(story);
        let replayed = asked;
        const since = new Map<string, Instant>();
        for (const { before, after, read, events, at: hour } of steps) {
          // The beginning of the drain is no reading's event.
          replayed = events.reduce(evolveApproval, { ...replayed, state: before.state });
          expect(replayed.ballots).toEqual(after.ballots);
          expect(marksOf(after.ballots)).toEqual(marksOf(read.ballots));
          const shown = marksOf(read.ballots);
          for (const key of since.keys()) if (!shown.includes(key)) since.delete(key);
          for (const key of shown) since.set(key, since.get(key) ?? hour);
          for (const ballot of after.ballots)
            expect(ballot.firstSeenAt).toBe(since.get(`${ballot.user} ${ballot.mark}`));
        }
      }),
      { numRuns: 300 },
    );
  });
});
