import { describe, expect, it } from '@jest/globals';
import type { Drift } from '../../../src/domain/approval/drift.ts';
import type { ApprovalNews } from '../../../src/domain/approval/news.ts';
import type { Act, Mark, VoteRefusal } from '../../../src/domain/approval.ts';
import { approvalId, drainId, instant, seconds } from '../../../src/domain/ids.ts';
import * as samples from './approval-examples.ts';
import { now, person } from './moments.ts';
import { read } from './read.ts';

const host = 'agent3.example';
const { approver, approving } = samples;
const bob = `<@${approver.userId}>`;
const mara = `<@${person.userId}>`;

const thenGone: Act = { kind: 'drain-then-gone', maxGrace: seconds(600) };
const { agentId } = samples.promptExample(host);
const about = {
  of: 'agent' as const,
  approval: approvalId(9),
  agentId,
  hostname: host,
  requester: person.userId,
  act: thenGone,
};
const tell = (news: ApprovalNews, drain: number | null = null, act: Act = thenGone) =>
  read({ kind: 'approval', about: { ...about, act, drain: drain === null ? null : drainId(drain) }, news });

describe('what is told of a question', () => {
  const by = approver;
  const until = instant(now + 30_000);
  it.each<[ApprovalNews, string[]]>([
    [
      { news: 'counted', by, votes: 1, needed: 2, missing: { votes: 1, oneOf: null } },
      [`*Approved by ${bob}:* 1 of 2 approvals for a9.`],
    ],
    [{ news: 'objected', by }, [`*${bob} objects to a9:* nothing leaves while that stands.`]],
    [{ news: 'taken-back', by }, [`*${bob} took a vote on a9 back.*`]],
    [
      { news: 'held', by: [by], until, anew: false },
      [
        `*Approved by ${bob}.*`,
        'leaves at 14:22:35 UTC.',
        'What stops it until then: an approval taken back; ❌',
      ],
    ],
    [
      { news: 'held', by: [by], until, anew: true },
      [
        '*The wait begins anew, in full:* the bot was restarted',
        'leaves at 14:22:35 UTC.',
        `Approved by ${bob}.`,
      ],
    ],
    [
      { news: 'released' },
      ['an approval of a9 was taken back or counts no more', 'Nothing was sent', 'open again'],
    ],
    [
      { news: 'waits', since: until, why: 'the votes can’t be read: 500.' },
      [
        '*The second call of a9 waits* since',
        'the votes can’t be read: 500.',
        'asked again instead',
        'stays drained',
      ],
    ],
    [
      { news: 'stands', by: [by], drain: drainId(17), already: false },
      [
        `*Approved by ${bob}:* drain d17 begins`,
        'the first of two calls',
        'proven empty',
        '`/mesos cancel d17`',
      ],
    ],
    [
      { news: 'stands', by: [by], drain: drainId(17), already: true },
      ['drain d17 was under way before, and goes on', 'the second call marks it gone'],
    ],
  ])('%j reads as it is', (news, words) => {
    for (const each of words) expect(tell(news)).toContain(each);
  });

  it.each(samples.settlements(host).map((how) => [JSON.stringify(how).slice(0, 60), how] as const))(
    'mentions who asked and says whether anything was sent: %s',
    (_, how) => {
      const first = tell({ news: 'settled', how, wasStanding: false, again: null });
      const second = tell({ news: 'settled', how, wasStanding: true, again: null }, 17);
      const again = tell({ news: 'settled', how, wasStanding: true, again: approvalId(10) }, 17);
      for (const text of [first, second, again]) expect(text.split('\n')[0]).toContain(mara);
      if (how.how === 'used') {
        expect(first).toContain('Its call leaves now');
        return;
      }
      // Its message was settled by a later run than the database knows of: what was sent, that run told.
      if (how.how === 'restored' || (how.how === 'no-prompt' && how.why === 'closed')) {
        expect(first).toContain('this database does not know');
        return;
      }
      expect(first).toContain('*Nothing was sent to the master.*');
      expect(second).toContain('*The mark gone is dropped:* the second call was not sent.');
      expect(again).toContain('*Asked again as a10*, in a new message');
      if (how.how !== 'changed' && how.how !== 'drain-ended')
        expect(second).toContain(
          'Drain d17 stays a plain one, and the agent stays out of service until `/mesos reactivate agent3.example`.',
        );
    },
  );

  it('says what stands in the way when what was approved is refused by now', () => {
    const refusal = { code: 'not-operator' as const, user: person.userId, operatorsConfigured: true };
    const text = tell({ news: 'settled', how: { how: 'refused', refusal }, wasStanding: false, again: null });
    expect(text).toContain('*Why:* You may not change the cluster.');
    expect(text).toContain('*What to do:* Ask an operator');
  });

  const drifted: Record<Drift['what'], RegExp> = {
    volume: /More would be lost: persistent volume `seen` of 2 GB \(role seen\)/,
    reservation: /More would be lost: reservation of 1\.5 seen \(role seen\)/,
    framework: /More would be lost: 7 tasks of (seen|`seen` \(name not known\)), which was not shown at all/,
    'more-tasks': /shown were 2 tasks of seen, now there are 7/,
    alive: /Shown as away, now alive/,
    away: /Shown as alive, now away/,
    'not-known': /Shown as known, now not known: its (volumes and reservations|running tasks) \(seen\)/,
    hostname: /hostname was shown as `seen`, now it is `seen2`/,
    address: /address was shown as `seen`, now it is `not known`/,
    leader: /Another master leads now/,
    'drain-begun-anew': /not the one that was seen: somebody reactivated/,
    'master-word-only': /would be the master's word alone \(seen\)/,
    'not-empty': /not empty: seen/,
    'not-entitled': /approvals that count now are not enough/,
    line: /seen \(S12\): Shown as away, now alive/,
    'agent-missing': /seen \(S12\) was on the list, and can't be found any more/,
    'machine-missing': /Machine seen \(`seen`\) was on the list, and can't be found any more/,
    'agent-new': /seen \(S12\) is on a machine of the list, and was not shown/,
  };
  it.each(samples.drifts('seen').map((drift) => [JSON.stringify(drift), drift] as const))(
    'tells that it changed: %s',
    (_, drift) => {
      const how = { how: 'changed' as const, what: [drift] };
      const text = tell({ news: 'settled', how, wasStanding: false, again: approvalId(10) });
      expect(text).toMatch(/is settled:\* things are no longer as it showed them\./);
      expect(text).toMatch(drifted[drift.what]);
    },
  );
});

describe('a vote that does not count', () => {
  it.each<[VoteRefusal, Mark, RegExp, RegExp]>([
    [
      'own-vote',
      'approve',
      /Your own approval of a9 does not count/,
      /A second person has to react with :white_check_mark: \(`white_check_mark`\)\. .*`\/mesos cancel a9`/,
    ],
    [
      'not-entitled',
      'approve',
      /you are not an approver/,
      /Ask an approver to react with :white_check_mark:/,
    ],
    ['bot', 'approve', /A bot's reaction/, /A person has to react/],
    ['guest', 'approve', /guests have no vote/, /Ask a full member/],
    ['deactivated', 'approve', /the account is deactivated/, /Ask a full member/],
    [
      'other-workspace',
      'stop',
      /your account is of another workspace/,
      /Ask a full member of this workspace/,
    ],
    ['no-team', 'approve', /Slack does not say of which workspace/, /Ask another full member/],
    ['nobody', 'approve', /Slack knows no such user/, /Ask a full member/],
    [
      'shared-channel',
      'deny',
      /this channel is shared with other organisations/,
      /a channel of this workspace only/,
    ],
    ['expired', 'approve', /came too late: the question had run out/, /typed again, and voted on anew/],
    ['expired', 'stop', /came too late/, /nothing left to stop/],
    ['settled', 'stop', /changes nothing: the question is settled/, /`\/mesos status a9`/],
    [
      'not-a-vote',
      'mistaken',
      /is not a vote/,
      /To approve, react with :white_check_mark: \(`white_check_mark`\)/,
    ],
  ])('%s by %s is told with the way out', (why, mark, what, toDo) => {
    const text = read({ kind: 'vote-refused', about: { ...about, drain: null }, mark, why, approving });
    expect(text.split('\n')[0]).toMatch(what);
    expect(text.split('\n')[1]).toMatch(toDo);
  });
});
