import { describe, expect, it } from '@jest/globals';
import type { DrainCard, DrainFace } from '../../../src/domain/drain/card.ts';
import { approvalId, drainId, instant, teamId, userId } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import * as samples from './approval-examples.ts';
import { examples } from './examples.ts';
import * as gone from './mark-gone-examples.ts';
import { now, person } from './moments.ts';
import { read } from './read.ts';

const host = 'agent3.example';
const all = examples(host, 3);
const { approver, approving } = samples;
const bob = `<@${approver.userId}>`;
const mara = `<@${person.userId}>`;
const { agentId } = samples.promptExample(host);

const draining: DrainFace = { status: 'draining', waiting: null, masterSaysDrained: false, changing: null };
const drained: DrainFace = { status: 'drained', proof: { by: 'master-and-agent' } };
const approved = { approval: approvalId(9), by: [approver] };
const first = all.notices.find((notice) => notice.kind === 'drain-card');
const card = (state: DrainFace, rest: Partial<DrainCard>, preview: Preview | null = null) => {
  if (first?.kind !== 'drain-card') throw new Error('no example');
  return read({ kind: 'drain-card', card: { ...first.card, tasksLeft: 0, state, ...rest }, preview });
};

describe('the card of a drain that marks its agent gone', () => {
  it('says on whose approval, what comes next, and what a vote still does', () => {
    const text = card(draining, { goneNext: true, approved, votes: { approving } });
    expect(text.split('\n')[1]).toMatch(
      /^\*Open for votes\* until the second call leaves\. .*leaves a plain drain: :white_check_mark: \(`white_check_mark`\) taken back; ❌ .*; `\/mesos cancel d17`\.$/,
    );
    expect(text).toContain(`Approved by ${bob} (a9).`);
    expect(text).toContain('*First of two calls:* once it is proven empty, the second marks it gone.');
  });

  it('shows what will be lost as long as it is not gone', () => {
    const held = [{ kind: 'volume' as const, id: 'pg-data', role: 'db', sizeMb: 2048 }];
    const preview = { ...all.calm, held: { known: true as const, value: held } };
    const lost = '*Lost for good when it is marked gone:* persistent volume `pg-data` of 2 GB (role db)';
    expect(card(drained, { goneNext: true, approved }, preview)).toContain(lost);
    expect(card(draining, { markGone: true, approved }, preview)).toContain(
      `${lost}; and whatever still runs on it.`,
    );
    const gone: DrainFace = { status: 'ended', end: { kind: 'gone', goneAt: instant(0) }, wasDrained: true };
    expect(card(gone, { approved }, preview)).toContain(
      '*Lost with it for good:* persistent volume `pg-data`',
    );
    expect(card(draining, {}, preview)).not.toContain('Lost for good');
  });

  it('says once it is DRAINED that the second call comes, and how to drop it', () => {
    const text = card(drained, { goneNext: true, approved });
    expect(text).toContain('Safe to take down.');
    expect(text).toContain(
      '*Next:* everything is checked anew, then the second call marks it gone. Until that leaves, `/mesos cancel d17` makes it a plain drain.',
    );
    expect(text).not.toContain('then `/mesos reactivate` it');
  });

  it('says by whom the mark gone was dropped, and where it is asked again', () => {
    const by = { userId: userId('U0SAM00001'), teamId: teamId('T0LOCAL001'), name: 'sam' };
    const dropped = { how: { how: 'stopped' as const, by }, again: approvalId(10) };
    const text = card(drained, { approved, dropped });
    expect(text).toContain('*The mark gone is dropped:* stopped by <@U0SAM00001>. It is a plain drain now.');
    expect(text).toContain('It is asked again as a10.');
    expect(card(drained, { approved })).not.toContain('dropped');
    expect(text).toContain('*Next:* do the work, then `/mesos reactivate` it');
  });

  it('says of an unattended one that the master acts by itself, and of a recall that it may still', () => {
    const text = card(draining, { markGone: true, approved });
    expect(text).toContain('*Unattended:* the master marks it gone by itself as soon as it is empty');
    expect(text).toContain('`/mesos cancel d17` makes it a plain drain');
    const recalling = card({ ...draining, changing: { kind: 'take-back' } }, { markGone: true, approved });
    expect(recalling).toContain('*Mark gone being taken back:*');
    expect(recalling).toContain('it may still mark the agent gone');
  });

  it('tells what became of the second call, the verdict first', () => {
    const texts = gone.markings(host).map((marking) => card(drained, { approved, marking }));
    const verdicts = texts.map((text) => text.split('\n')[0]);
    expect(verdicts.slice(0, 6)).toEqual([
      '*agent3.example (S12): marking it gone*',
      '*agent3.example (S12): not known yet whether it was marked gone*',
      '*agent3.example (S12): not known yet whether it was marked gone*',
      '*agent3.example (S12): being marked gone, not proven yet*',
      '*agent3.example (S12): being marked gone, not proven yet*',
      '*agent3.example (S12): gone*',
    ]);
    for (const verdict of verdicts.slice(6)) expect(verdict).toBe('*agent3.example (S12) is DRAINED*');
    for (const text of texts.slice(6)) expect(text).toMatch(/\*Not (marked|confirmed) gone:\*/);
  });

  it('says at every end on whose approval it was done', () => {
    for (const end of all.ends)
      for (const markGone of [true, false]) {
        const text = card({ status: 'ended', end, wasDrained: false }, { markGone, approved });
        expect(text).toContain(`Approved by ${bob} (a9).`);
        expect(text).not.toContain('Open for votes');
      }
  });

  it('tells the ends of an unattended one by what the master does by itself', () => {
    const ended = (end: (typeof all.ends)[number]) =>
      card({ status: 'ended', end, wasDrained: false }, { markGone: true, approved });
    expect(ended({ kind: 'gone', goneAt: now })).toMatch(
      /did that by itself, .* tasks had ended by then is not proven/,
    );
    expect(ended({ kind: 'given-up', by: person, reason: 'x' })).toContain(
      'still marks the agent gone by itself',
    );
    expect(ended({ kind: 'lost-sight', forDays: 7 })).toContain(
      'if the agent returns, it is drained and marked gone',
    );
    expect(ended({ kind: 'gone', goneAt: now, by: person })).toContain(`${mara} had this bot mark it gone.`);
  });

  it('is not voted on in an answer', () => {
    if (first?.kind !== 'drain-card') throw new Error('no example');
    const votes = { approving };
    const answer = { ...first.card, state: draining, goneNext: true, approved, votes };
    const text = read({
      kind: 'status-of-drain',
      card: answer,
      permalink: 'https://x.slack.com/archives/C1/p1',
    });
    expect(text).not.toContain('Open for votes');
    expect(text).toContain('Votes on its first message still count');
  });
});

describe('the thread of a drain that marks its agent gone', () => {
  const who = { drain: drainId(17), hostname: host, agentId };
  const started = {
    kind: 'call-accepted' as const,
    ...who,
    maxGraceSeconds: 600,
    tasks: 3,
    expectedEnd: null,
  };
  it('says at its end that the master did it, as it was told, and not somebody else', () => {
    const ended = { kind: 'ended' as const, ...who, wasDrained: false, requester: person.userId, approved };
    const end = { kind: 'gone' as const, goneAt: now };
    const unattended = read({ ...ended, end, markGone: true, tookOver: null });
    expect(unattended).toContain('The master did that by itself, as this drain told it to.');
    expect(unattended).not.toContain('not this bot');
    const plain = read({ ...ended, end, markGone: false, tookOver: null });
    expect(plain).toContain('It was not this bot that did it.');
  });

  it.each<[Notice, string[]]>([
    [
      { ...started, markGone: false, goneNext: true, approved },
      [`Approved by ${bob} (a9).`, 'This is the first of two calls'],
    ],
    [
      { ...started, markGone: true, goneNext: false, approved },
      ['The master marks it gone by itself', 'even if the bot is away', '`/mesos cancel d17`'],
    ],
    [
      { kind: 'adopted', ...who, approved },
      [
        'was being drained already',
        "by somebody else's call",
        'Nothing was sent',
        `Approved by ${bob} (a9).`,
      ],
    ],
    [
      {
        kind: 'drained',
        ...who,
        proof: { by: 'master-and-agent' },
        requester: person.userId,
        tookSeconds: 60,
        tasks: 3,
        goneNext: true,
      },
      [
        'Safe to take down.',
        'then the second call marks it gone',
        '`/mesos cancel d17`; an approval taken back; ❌',
      ],
    ],
  ])('%j reads as it is', (notice, words) => {
    for (const each of words) expect(read(notice)).toContain(each);
  });

  it.each<[Extract<Notice, { kind: 'recall' }>['news'], string[]]>([
    [{ step: 'begun', by: approver.userId }, [`asked by ${bob}`, 'it may still mark the agent gone']],
    [
      { step: 'rejected', httpStatus: 400, body: 'no' },
      ['was not taken back', '400: `no`', 'still marked gone', mara],
    ],
    [
      { step: 'rejected', httpStatus: null, body: 'no' },
      ['nothing was sent', 'still marked gone', '`/mesos cancel d17`'],
    ],
    [{ step: 'unknown', why: 'no answer' }, ['*Not known yet*', 'no answer', 'not sent again']],
    [{ step: 'not-applied' }, ['was not taken back', 'still marked gone', '`/mesos cancel d17` again', mara]],
    [{ step: 'done' }, ['is taken back:*', 'd17 is a plain drain now', 'stays out of service', mara]],
  ])('tells how a mark gone is taken back: %j', (news, words) => {
    const text = read({ kind: 'recall', drain: drainId(17), hostname: host, requester: person.userId, news });
    for (const each of words) expect(text).toContain(each);
  });
});

describe('the preview of a mark gone', () => {
  const preview = (over: Partial<Preview>) =>
    read({ kind: 'preview', preview: { ...all.calm, markGone: true, ...over }, dryRun: true, file: false });

  it('shows what it would destroy, by how many calls, and the command', () => {
    const text = preview({
      held: { known: true, value: [{ kind: 'volume', id: 'pg-data', role: 'db', sizeMb: 2048 }] },
    });
    expect(text).toContain('*Marking it gone would destroy for good:* persistent volume `pg-data` of 2 GB');
    expect(text).toContain('*How:* two calls.');
    expect(text).toContain('A second person has to approve it.');
    expect(text).toContain('--max-grace-period 10m --mark-gone --reason');
    expect(preview({ held: { known: false, why: 'never seen' } })).toContain(
      'for good:* not known (never seen)',
    );
    expect(preview({})).toContain('*Marking it gone would destroy* nothing: no volume, no reservation.');
  });

  it('warns of tasks that would lose their grace, and of those that nobody knows of', () => {
    const text = preview({ unattended: true });
    expect(text).toMatch(/Tasks of agent3\.example and chronos may lose their grace.*0\.2 s of a 10 s grace/);
    expect(text).toContain('*How:* one call');
    expect(text).toContain('--mark-gone --unattended --reason');
    const groups = all.calm.groups;
    if (!groups.known) throw new Error('no example');
    const tame = groups.value.map((group, at) => ({
      ...group,
      framework:
        at === 0
          ? { id: 'fw-9', name: null, why: 'filtered' }
          : group.framework.name === null
            ? group.framework
            : { ...group.framework, knowsTaskKilling: false },
    }));
    const other = preview({ unattended: true, groups: { known: true, value: tame } });
    expect(other).not.toContain('0.2 s');
    expect(other).toContain('Whether tasks of `fw-9` may lose their grace is not known.');
  });

  it('warns that the own word of the agent is missing', () => {
    expect(preview({ agentNotAsked: 'connection refused' })).toContain(
      'The agent itself could not be asked about its work: connection refused.',
    );
  });

  it('sends one who asks of an unreachable agent to mark-gone', () => {
    const text = preview({ subject: samples.awayOf(all.calm).subject });
    expect(text).toContain('A drain that marks it gone is refused while it is away');
    expect(text).toContain(`\`/mesos mark-gone ${agentId} --reason "…"\``);
  });
});
