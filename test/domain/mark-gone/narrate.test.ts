import { describe, expect, it } from '@jest/globals';
import { factsOf } from '../../../src/domain/audit/facts.ts';
import { evolveMarkGone } from '../../../src/domain/mark-gone/evolve.ts';
import { narrateMarkGone } from '../../../src/domain/mark-gone/narrate.ts';
import { aboutMarkGone } from '../../../src/domain/mark-gone/news.ts';
import type { MarkGoneEnd, MarkGoneEvent, MarkGoneState } from '../../../src/domain/mark-gone.ts';
import { markGone, markGoneStates } from '../../support/approval-samples.ts';
import { at, draining, leader } from '../../support/samples.ts';

const { calling, checking, confirming } = markGoneStates;
const cause = { code: 'listed-nowhere' } as const;

const ends: MarkGoneEnd[] = [
  { kind: 'gone', goneAt: at(302) },
  { kind: 'rejected', httpStatus: 403, body: 'no' },
  { kind: 'not-applied' },
  { kind: 'superseded', shown: draining },
  { kind: 'lost-sight', forDays: 7 },
];

/** Event, from which status; what is filed; what is said, with `+` where the channel hears it too. `-`: nothing. */
const table: [MarkGoneEvent, MarkGoneState, string, string][] = [
  // The door files what became of its call.
  [{ type: 'call-accepted', at: at(301), master: leader }, calling, '-', 'accepted'],
  [{ type: 'call-unknown', at: at(301), why: 'late' }, calling, '-', 'unknown'],
  [
    { type: 'call-rejected', at: at(301), httpStatus: 403, body: '' },
    calling,
    'mark-gone.ended rejected',
    'ended+',
  ],
  [{ type: 'effect-seen', at: at(320), leader }, checking, 'mark-gone.effect-seen accepted', 'effect-seen'],
  [{ type: 'no-effect-seen', at: at(370), leader }, checking, '-', '-'],
  [
    { type: 'waiting', at: at(320), cause, tell: true },
    checking,
    'mark-gone.waiting listed-nowhere',
    'waiting',
  ],
  [
    { type: 'waiting', at: at(320), cause, tell: true },
    confirming,
    'mark-gone.waiting listed-nowhere',
    'waiting',
  ],
  [{ type: 'waiting', at: at(320), cause, tell: false }, confirming, '-', '-'],
  ...ends.map((end): [MarkGoneEvent, MarkGoneState, string, string] => [
    { type: 'ended', at: at(400), end },
    confirming,
    `mark-gone.ended ${end.kind}`,
    'ended+',
  ]),
];

function narrated(event: MarkGoneEvent, state: MarkGoneState) {
  return narrateMarkGone(evolveMarkGone(markGone({ state }), event), event);
}

describe('what an event of a mark gone leaves behind', () => {
  it.each(
    table.map(
      ([event, state, filed, said]) => [event.type, state.status, filed, said, event, state] as const,
    ),
  )('files %s while %s as "%s" and says "%s"', (_, __, filed, said, event, state) => {
    const { audit, say } = narrated(event, state);
    expect(audit === null ? '-' : [audit.event, audit.outcome].filter(Boolean).join(' ')).toBe(filed);
    const news = say?.notice.kind === 'mark-gone' ? say.notice.news.news : '-';
    expect(`${news}${say?.broadcast ? '+' : ''}`).toBe(said);
  });

  it('has a row for every event', () => {
    const types: Record<MarkGoneEvent['type'], true> = {
      'call-accepted': true,
      'call-rejected': true,
      'call-unknown': true,
      'effect-seen': true,
      'no-effect-seen': true,
      waiting: true,
      ended: true,
    };
    expect([...new Set(table.map(([event]) => event.type))].sort()).toEqual(Object.keys(types).sort());
  });

  it.each(ends)('files and says the end with all that it tells: %j', (end) => {
    const { audit, say } = narrated({ type: 'ended', at: at(400), end }, confirming);
    expect(audit?.facts).toEqual(factsOf(end));
    expect(say?.notice).toEqual({
      kind: 'mark-gone',
      about: aboutMarkGone(markGone()),
      news: { news: 'ended', end },
    });
  });

  it('files and says a rejection with the master’s own words', () => {
    const end = { kind: 'rejected', httpStatus: null, body: 'no master' } as const;
    const { audit, say } = narrated(
      { type: 'call-rejected', at: at(301), httpStatus: null, body: 'no master' },
      calling,
    );
    expect(audit?.facts).toEqual(factsOf(end));
    expect(say?.notice).toMatchObject({ news: { end } });
  });

  it('files who leads where the effect was seen', () => {
    expect(narrated({ type: 'effect-seen', at: at(320), leader }, checking).audit?.master).toBe(leader);
  });

  it.each([
    ['second-drain', markGone().call],
    ['mark-agent-gone', { by: 'mark-agent-gone' }],
  ] as const)('says which call the master took: %s', (by, call) => {
    const event: MarkGoneEvent = { type: 'call-accepted', at: at(301), master: leader };
    const after = evolveMarkGone(markGone({ call }), event);
    expect(narrateMarkGone(after, event).say?.notice).toMatchObject({ news: { news: 'accepted', call: by } });
  });

  it('says why the answer is not known', () => {
    const event: MarkGoneEvent = { type: 'call-unknown', at: at(301), why: 'no answer in 30 s' };
    expect(narrated(event, calling).say?.notice).toMatchObject({ news: { why: 'no answer in 30 s' } });
  });

  it.each([checking, confirming])('tells since when it waits, not since when it is told: %j', (state) => {
    const waiting = { ...state, waiting: { cause, since: at(310), toldAt: null } };
    const { audit, say } = narrated({ type: 'waiting', at: at(350), cause, tell: true }, waiting);
    expect(say?.notice).toMatchObject({ news: { news: 'waiting', cause, since: at(310) } });
    expect(audit?.facts).toEqual(cause);
  });
});
