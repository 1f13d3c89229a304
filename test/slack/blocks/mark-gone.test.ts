import { describe, expect, it } from '@jest/globals';
import { approvalId, drainId } from '../../../src/domain/ids.ts';
import type { MarkGoneNews } from '../../../src/domain/mark-gone/news.ts';
import * as samples from './approval-examples.ts';
import * as gone from './mark-gone-examples.ts';
import { earlier, person } from './moments.ts';
import { read } from './read.ts';

const host = 'agent3.example';
const { approver } = samples;
const bob = `<@${approver.userId}>`;
const mara = `<@${person.userId}>`;
const { agentId } = samples.promptExample(host);
const about = {
  agentId,
  hostname: host,
  requester: person.userId,
  approvedBy: [approver],
  approval: approvalId(9),
};
const tell = (news: MarkGoneNews, drain: number | null) =>
  read({ kind: 'mark-gone', about: { ...about, drain: drain === null ? null : drainId(drain) }, news });

describe('marking an agent gone', () => {
  it('calls it gone on the word of the registry alone', () => {
    for (const notice of gone.markGoneNotices(host)) {
      if (notice.kind !== 'mark-gone') continue;
      const proven = notice.news.news === 'ended' && notice.news.end.kind === 'gone';
      expect([notice.news, read(notice).includes('is gone, proven')]).toEqual([notice.news, proven]);
    }
  });

  it('ends with the proof, who asked, who approved, and that the id never comes back', () => {
    const end = { kind: 'gone' as const, goneAt: earlier };
    const text = tell({ news: 'ended', end }, 17);
    expect(text.split('\n')[0]).toBe(
      `*agent3.example (S12) is gone, proven: the master's registry lists it* ${mara}`,
    );
    expect(text).toContain('listed as gone since 2026-11-22 14:20 UTC. This id never comes back.');
    expect(text).toContain(`Approved by ${bob} (a9), after drain d17.`);
    expect(text).toContain(`Agent ID \`${agentId}\``);
    expect(text).not.toContain('the master refuses its agent');
    expect(tell({ news: 'ended', end }, null)).toContain(
      'if the machine returns, the master refuses its agent under this id, and shuts it down',
    );
  });

  it.each<[MarkGoneNews, number | null, string[]]>([
    [
      { news: 'accepted', call: 'second-drain' },
      17,
      ['the master took the second call', `Approved by ${bob} (a9).`],
    ],
    [
      { news: 'accepted', call: 'mark-agent-gone' },
      null,
      ['the master took MARK_AGENT_GONE', 'once the registry'],
    ],
    [
      { news: 'unknown', why: 'no answer' },
      null,
      ['*Not known yet*', 'no answer.', 'The call is not sent again.'],
    ],
    [{ news: 'effect-seen' }, 17, ['*Found out:*', 'the call did take effect']],
    [
      { news: 'waiting', cause: { code: 'listed-nowhere' }, since: earlier },
      null,
      ['*Not proven gone yet:*', 'no longer listed, not confirmed gone', 'That is no proof', mara],
    ],
    [
      { news: 'waiting', cause: { code: 'not-listed', why: '403' }, since: earlier },
      null,
      ['registry could not be asked whether it is gone: 403', '`/registrar(1)/registry`'],
    ],
    [
      { news: 'waiting', cause: { code: 'still-there', shown: 'no drain' }, since: earlier },
      17,
      ['still has it registered'],
    ],
    [
      { news: 'ended', end: { kind: 'rejected', httpStatus: 503, body: 'busy' } },
      null,
      ['was not marked gone: the master rejected it', 'answered 503: `busy`', 'The agent is as it was.'],
    ],
    [
      { news: 'ended', end: { kind: 'rejected', httpStatus: null, body: 'refused' } },
      17,
      [
        'no master could be reached',
        'Nothing was sent',
        'It stays drained, out of service until `/mesos reactivate agent3.example`',
      ],
    ],
    [
      { news: 'ended', end: { kind: 'not-applied' } },
      17,
      ['no sign of the call', 'not sent again', 'ask again'],
    ],
    [
      { news: 'ended', end: { kind: 'superseded', shown: 'in service' } },
      17,
      ['outside the bot', 'shows it in service', 'not confirmed gone'],
    ],
    [
      { news: 'ended', end: { kind: 'lost-sight', forDays: 7 } },
      null,
      ['given up after 7 days, not confirmed gone'],
    ],
  ])('%j (drain %s) reads as it is', (news, drain, words) => {
    for (const each of words) expect(tell(news, drain)).toContain(each);
  });
});
