import { describe, expect, it } from '@jest/globals';
import type { AuditEntry, AuditEvent, Json } from '../../../src/domain/audit.ts';
import { approvalId, drainId } from '../../../src/domain/ids.ts';
import * as samples from './approval-examples.ts';
import { examples } from './examples.ts';
import { now, person } from './moments.ts';
import { read } from './read.ts';

const host = 'agent3.example';
const all = examples(host, 3);
const { approver } = samples;
const bob = `<@${approver.userId}>`;
const mara = `<@${person.userId}>`;
const { agentId } = samples.promptExample(host);

describe('answers', () => {
  it('says what a cancelled question leaves behind', () => {
    const cancelled = (drain: number | null) =>
      read({
        kind: 'cancelled',
        approval: approvalId(9),
        drain: drain === null ? null : drainId(drain),
        permalink: null,
      });
    expect(cancelled(null)).toContain('*Question a9 is taken back.*');
    expect(cancelled(null)).toContain('Nothing was sent to the master.');
    expect(cancelled(17)).toContain('Drain d17 is a plain one');
    expect(cancelled(17)).toContain('stays out of service until it is reactivated');
  });

  it('lists the questions and the other work in one line each', () => {
    const prompt = samples.promptExample(host, {
      needed: 2,
      state: { status: 'open', by: [approver], objections: [], missing: { votes: 1, oneOf: null } },
    });
    const permalink = 'https://x.slack.com/archives/C1/p1';
    const other = { agentId, hostname: host, requester: person.userId, permalink };
    const text = read({
      kind: 'status',
      cluster: prompt.cluster,
      lines: [],
      prompts: [{ prompt, permalink }],
      others: [
        { ...other, what: 'reactivation' },
        { ...other, what: 'mark-gone' },
      ],
      master: { reachable: true, leader: 'm:5050', version: '1.11.0' },
      restored: null,
      at: now,
    });
    expect(text).toContain('*No drain is open on prod.*');
    expect(text).toContain(
      `• <${permalink}|a9> drain agent3.example (S12), then mark it gone; asked by ${mara}; 1 of 2 approvals, until 14:32 UTC`,
    );
    expect(text).toContain(`• Reactivating agent3.example (S12); asked by ${mara}; <${permalink}|thread>`);
    expect(text).toContain(`• Marking agent3.example (S12) gone; asked by ${mara}; <${permalink}|thread>`);
  });

  it('shows one question in full, and where to vote', () => {
    const prompt = samples.promptExample(host);
    const text = read({
      kind: 'status-of-approval',
      line: { prompt, permalink: 'https://x.slack.com/archives/C1/p1' },
    });
    expect(text).toContain('*Lost for good:* nothing');
    expect(text).toContain('Votes count on its message alone: <https://x.slack.com/archives/C1/p1|a9>.');
  });

  it('says of a database from the past that changes wait, and what ends that', () => {
    const told = all.notices.filter((each) => each.kind === 'status').map(read);
    const found = told.filter((each) => each.includes('was restored from the past,* noticed'));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('nothing is changed until whoever runs the bot accepts that (`npm run audit');
  });

  it('says what an approver may do, and that own commands need somebody else', () => {
    const texts = all.notices.filter(({ kind }) => kind === 'whoami').map(read);
    expect(texts[0]).toContain('You are an approver');
    expect(texts[0]).toContain('Your own commands need the approval of somebody else.');
    expect(texts[1]).toContain('You are not an approver: your approval does not count.');
    expect(texts.join()).not.toContain('later version');
  });
});

describe('the audit log', () => {
  const entry = (rest: Partial<AuditEntry>): AuditEntry => ({
    v: 1,
    seq: 1,
    at: '2026-11-22T14:22:05.000Z',
    event: 'approval.vote',
    actor: { kind: 'person', user: approver.userId, team: approver.teamId, name: 'bob' },
    correlation: 'c-1',
    ...rest,
  });
  const line = (rest: Partial<AuditEntry>) =>
    /^• [-\d]+ [:\d]+ UTC (.*)$/m.exec(
      read({
        kind: 'audit-story',
        about: null,
        deed: null,
        entries: [entry(rest)],
        permalink: null,
        words: 'audit',
        isFirst: true,
        later: false,
        archive: null,
      }),
    )?.[1];
  const bot = { kind: 'bot' as const };
  const vote = (outcome: string, mark: string, actor: AuditEntry['actor'] = bot) =>
    line({ outcome, actor, facts: { user: approver.userId, mark } });

  it.each<[AuditEvent, string, Json, string]>([
    ['drain.adopted', '', {}, 'the bot goes on from a drain that somebody else began'],
    ['drain.gone-planned', '', {}, 'the bot planned the second call: mark it gone once it is proven empty'],
    ['drain.gone-dropped', '', {}, 'the bot dropped the mark gone: a plain drain from here on'],
    ['drain.recall-failed', 'not-applied', {}, 'the bot found the mark gone not taken back: not applied'],
    ['drain.recalled', '', {}, 'the bot saw on the master that the mark gone is taken back'],
    ['approval.held', '', {}, 'the bot found enough approvals: the call waits in sight before it leaves'],
    ['approval.settled', 'taken-back', {}, 'the bot settled the question: an approval was taken back'],
    ['approval.settled', 'constructor', {}, 'the bot settled the question: constructor'],
    [
      'mark-gone.waiting',
      'listed-nowhere',
      {},
      'the bot has no proof yet that it is gone: no longer listed, not confirmed gone',
    ],
    ['mark-gone.ended', 'gone', {}, 'the bot ended the mark gone: gone, proven by the registry'],
    ['mark-gone.ended', 'lost-sight', {}, 'the bot ended the mark gone: lost sight'],
  ])('%s %s', (event, outcome, facts, words) => {
    expect(line({ event, actor: bot, facts, ...(outcome === '' ? {} : { outcome }) })).toBe(words);
  });

  it('tells a vote by who cast it, what it was, and whether it counted', () => {
    expect(vote('approves', 'approve')).toBe(`${bob} approved`);
    expect(vote('objects', 'stop')).toBe(`${bob} objected`);
    expect(vote('refused own-vote', 'approve')).toBe(`${bob} reacted: an approval of who asked, not counted`);
    expect(vote('refused not-a-vote', 'mistaken')).toBe(
      `${bob} reacted: a reaction with a sign that is no vote, not counted`,
    );
    expect(vote('not-judged', 'deny')).toBe(`${bob} reacted: a denial that could not be judged yet`);
    expect(line({ event: 'approval.vote-gone', outcome: 'approves', facts: {} })).toBe(
      `${bob} took a reaction back (approved)`,
    );
    expect(line({ actor: bot, outcome: 'approves' })).toBe('somebody approved');
  });

  it('tells on whose approval', () => {
    const by = [{ user: approver.userId, team: approver.teamId, name: 'bob' }];
    const request = { call: 'MARK_AGENT_GONE', body: '' };
    expect(
      line({ event: 'call.intended', request, command: { typed: 'mark-gone S3' }, approval: { id: 9, by } }),
    ).toBe(
      `${bob} typed \`/mesos mark-gone S3\`: allowed, about to send MARK_AGENT_GONE, approved by ${bob} (a9)`,
    );
    expect(
      line({ event: 'approval.asked', command: { typed: 'mark-gone S3' }, approval: { id: 9, by: [] } }),
    ).toBe(`${bob} typed \`/mesos mark-gone S3\`: a second person is asked to approve it`);
  });
});
