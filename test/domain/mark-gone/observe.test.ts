import { describe, expect, it } from '@jest/globals';
import type { MasterSighting } from '../../../src/domain/agent.ts';
import { evolveMarkGone } from '../../../src/domain/mark-gone/evolve.ts';
import { observeMarkGone } from '../../../src/domain/mark-gone/observe.ts';
import type { GoneCause, MarkGoneState } from '../../../src/domain/mark-gone.ts';
import { markGone, markGoneStates } from '../../support/approval-samples.ts';
import {
  absent,
  at,
  drained,
  leader,
  notRead,
  otherLeader,
  shows,
  unexplained,
  unreachable,
} from '../../support/samples.ts';
import {
  type By,
  calls,
  foreignOrder,
  goneNow,
  inShort,
  type Look,
  looks,
  observed,
  ordered,
} from './looks.ts';

/** The order of the second call, as a master shows it. */

type Cell = string | Record<By, string>;
const silent = Object.fromEntries(Object.keys(looks).map((name) => [name, '-'])) as Record<Look, Cell>;
const waits = (cause: GoneCause['code']) => ({
  'second-drain': 'ended superseded',
  'mark-agent-gone': `waiting ${cause}`,
});

/** Status × look, 90 s after the call; a cell with rows goes by which call it was. */
const table: Record<MarkGoneState['status'], Record<Look, Cell>> = {
  calling: silent,
  checking: {
    'registered, DRAINING as ordered': { 'second-drain': 'effect-seen', 'mark-agent-gone': 'no-effect-seen' },
    'registered, DRAINED as ordered': { 'second-drain': 'effect-seen', 'mark-agent-gone': 'no-effect-seen' },
    'registered, DRAINED by the first call': 'no-effect-seen',
    'registered, DRAINING by the first call': 'no-effect-seen',
    'registered, to be marked gone by others': 'no-effect-seen',
    'registered, no drain': 'no-effect-seen',
    'registered, deactivated only': 'no-effect-seen',
    recovered: 'waiting recovering',
    'unreachable, as ordered': { 'second-drain': 'effect-seen', 'mark-agent-gone': 'no-effect-seen' },
    'unreachable, by the first call': 'no-effect-seen',
    'unreachable, deactivated only': 'no-effect-seen',
    'unreachable, in service': 'no-effect-seen',
    gone: 'ended gone',
    absent: 'waiting listed-nowhere',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
  },
  confirming: {
    'registered, DRAINING as ordered': 'waiting still-there',
    'registered, DRAINED as ordered': 'waiting still-there',
    'registered, DRAINED by the first call': waits('still-there'),
    'registered, DRAINING by the first call': waits('still-there'),
    'registered, to be marked gone by others': waits('still-there'),
    'registered, no drain': waits('still-there'),
    'registered, deactivated only': waits('still-there'),
    recovered: 'waiting recovering',
    'unreachable, as ordered': 'waiting unreachable',
    'unreachable, by the first call': waits('unreachable'),
    'unreachable, deactivated only': waits('unreachable'),
    'unreachable, in service': waits('unreachable'),
    gone: 'ended gone',
    absent: 'waiting listed-nowhere',
    unexplained: 'waiting not-listed',
    'not-read': 'waiting master-silent',
  },
  ended: silent,
};

const cells = Object.entries(table).flatMap(([status, row]) =>
  Object.entries(row).flatMap(([look, cell]) =>
    (Object.keys(calls) as By[]).map(
      (by) => [status, by, look, typeof cell === 'string' ? cell : cell[by]] as const,
    ),
  ),
);

describe('a look at an agent that is being marked gone', () => {
  it.each(cells)('while %s by %s: %s → %s', (status, by, look, meaning) => {
    const state = markGoneStates[status as MarkGoneState['status']];
    expect(inShort(observed(state, 390, looks[look as Look], { call: calls[by] }))).toBe(meaning);
  });

  it('has a cell for every kind of look', () => {
    const kinds: Record<MasterSighting['kind'], true> = {
      registered: true,
      recovered: true,
      unreachable: true,
      gone: true,
      absent: true,
      unexplained: true,
      'not-read': true,
    };
    expect([...new Set(Object.values(looks).map(({ kind }) => kind))].sort()).toEqual(
      Object.keys(kinds).sort(),
    );
  });

  it('is proven by the registry’s own word, with its own hour', () => {
    expect(observed(markGoneStates.confirming, 390, goneNow)).toEqual([
      {
        type: 'ended',
        at: at(390),
        end: { kind: 'gone', goneAt: at(302), checked: { leader, at: at(390) } },
      },
    ]);
  });

  it.each(['calling', 'checking', 'confirming', 'ended'] as const)(
    'is never proven by an absence, however often it is seen, while %s',
    (status) => {
      for (const seen of [absent(), absent(otherLeader), unexplained]) {
        let now = markGone({ state: markGoneStates[status] });
        for (let seconds = 310; seconds < 310 + 8 * 86_400; seconds += 1_800) {
          const events = observeMarkGone(now, seen, at(seconds));
          expect(inShort(events)).not.toMatch(/gone|not-applied|superseded/);
          now = events.reduce(evolveMarkGone, now);
        }
      }
    },
  );

  it('knows its own order by its grace', () => {
    const call = { ...calls['second-drain'], maxGrace: null };
    const none = shows({ ...ordered, maxGraceNs: null });
    expect(inShort(observed(markGoneStates.checking, 310, none, { call }))).toBe('effect-seen');
    expect(inShort(observed(markGoneStates.checking, 310, none))).toBe('-');
    expect(inShort(observed(markGoneStates.checking, 310, shows(ordered), { call }))).toBe('-');
  });

  it.each([
    ['another drain', looks['registered, to be marked gone by others'], foreignOrder],
    ['its first call', looks['registered, DRAINED by the first call'], drained],
    ['deactivated', looks['registered, deactivated only'], 'deactivated'],
    ['in service', looks['registered, no drain'], 'in service'],
    ['deactivated, away', looks['unreachable, deactivated only'], 'deactivated'],
    ['in service, away', looks['unreachable, in service'], 'in service'],
  ])('says what is there in the place of its order: %s', (_, seen, shown) => {
    expect(observed(markGoneStates.confirming, 390, seen)).toEqual([
      { type: 'ended', at: at(390), end: { kind: 'superseded', shown } },
    ]);
  });

  it.each<[string, MasterSighting, GoneCause]>([
    ['a drain', shows(ordered), { code: 'still-there', shown: ordered }],
    ['away', unreachable({ drain: ordered }), { code: 'unreachable', since: at(10) }],
    ['unexplained', unexplained, { code: 'not-listed', why: 'the registry answers 403' }],
    ['not read', notRead, { code: 'master-silent', why: 'no master answers' }],
  ])('says why it is not proven yet: %s', (_, seen, cause) => {
    expect(observed(markGoneStates.confirming, 390, seen)).toEqual([
      { type: 'waiting', at: at(390), cause, tell: false },
    ]);
  });

  it('says that an agent is there without a drain', () => {
    expect(
      observed(markGoneStates.confirming, 390, shows(null), { call: calls['mark-agent-gone'] }),
    ).toMatchObject([{ cause: { code: 'still-there', shown: 'no drain' } }]);
  });
});
