import { describe, expect, it } from '@jest/globals';
import { evolveMarkGone } from '../../../src/domain/mark-gone/evolve.ts';
import { isMarking, type MarkGoneEvent, type MarkGoneState } from '../../../src/domain/mark-gone.ts';
import { markGone, markGoneStates } from '../../support/approval-samples.ts';
import { at, leader } from '../../support/samples.ts';

type Status = MarkGoneState['status'];
type Leads = Partial<Record<Status, Status>>;

/** One of each event, and where it leads from where it may come. */
const table: { [T in MarkGoneEvent['type']]: [Extract<MarkGoneEvent, { type: T }>, Leads] } = {
  'call-accepted': [
    { type: 'call-accepted', at: at(400), master: leader },
    { calling: 'confirming', checking: 'confirming' },
  ],
  'call-rejected': [
    { type: 'call-rejected', at: at(400), httpStatus: 403, body: 'no' },
    { calling: 'ended' },
  ],
  'call-unknown': [{ type: 'call-unknown', at: at(400), why: 'late' }, { calling: 'checking' }],
  'effect-seen': [
    { type: 'effect-seen', at: at(400), leader },
    { calling: 'confirming', checking: 'confirming' },
  ],
  'no-effect-seen': [{ type: 'no-effect-seen', at: at(400), leader }, { checking: 'checking' }],
  waiting: [
    { type: 'waiting', at: at(400), cause: { code: 'recovering' }, tell: true },
    { checking: 'checking', confirming: 'confirming' },
  ],
  ended: [
    { type: 'ended', at: at(400), end: { kind: 'gone', goneAt: at(399) } },
    { calling: 'ended', checking: 'ended', confirming: 'ended' },
  ],
};
const cells = Object.values(table).flatMap(([event, leads]) =>
  (Object.keys(markGoneStates) as Status[]).map(
    (status) => [event.type, status, leads[status] ?? 'refused', event as MarkGoneEvent] as const,
  ),
);

describe('a mark gone after an event', () => {
  it.each(cells)('%s while %s: %s', (_, status, leads, event) => {
    const before = markGone({ version: 5, state: markGoneStates[status] });
    if (leads === 'refused') expect(() => evolveMarkGone(before, event)).toThrow(TypeError);
    else expect(evolveMarkGone(before, event)).toMatchObject({ version: 6, state: { status: leads } });
  });

  it('is confirming since the master took it, with nothing waited for yet', () => {
    const state = {
      ...markGoneStates.checking,
      waiting: { cause: { code: 'recovering' }, since: at(350), toldAt: at(380) },
    } as const;
    expect(evolveMarkGone(markGone({ state }), table['effect-seen'][0]).state).toEqual({
      status: 'confirming',
      acceptedAt: at(400),
      waiting: null,
    });
  });

  it('is rejected with the master’s own words', () => {
    expect(evolveMarkGone(markGone(), table['call-rejected'][0]).state).toEqual({
      status: 'ended',
      at: at(400),
      end: { kind: 'rejected', httpStatus: 403, body: 'no' },
    });
  });

  it('is being found out since its answer was lost', () => {
    expect(evolveMarkGone(markGone(), table['call-unknown'][0]).state).toEqual({
      status: 'checking',
      since: at(400),
      why: 'late',
      noEffect: null,
      waiting: null,
    });
  });

  it('keeps a first read without effect, and what it waits for beside it', () => {
    const checking = markGone({ state: markGoneStates.checking });
    const both = [table['no-effect-seen'][0], table.waiting[0]].reduce(evolveMarkGone, checking);
    expect(both.state).toEqual({
      ...markGoneStates.checking,
      noEffect: { leader, at: at(400) },
      waiting: { cause: { code: 'recovering' }, since: at(400), toldAt: at(400) },
    });
  });

  it('counts the week from the first wait, whatever the causes were', () => {
    const confirming = markGone({ state: markGoneStates.confirming });
    const steps: [number, MarkGoneEvent & { type: 'waiting' }, object][] = [
      [310, { ...table.waiting[0], tell: false }, { since: at(310), toldAt: null }],
      [400, table.waiting[0], { since: at(310), toldAt: at(400) }],
      [
        500,
        { ...table.waiting[0], cause: { code: 'listed-nowhere' }, tell: false },
        { since: at(310), toldAt: at(400) },
      ],
      [
        600,
        { ...table.waiting[0], cause: { code: 'unreachable', since: at(1) } },
        { since: at(310), toldAt: at(600) },
      ],
    ];
    let now = confirming;
    for (const [seconds, event, waiting] of steps) {
      now = evolveMarkGone(now, { ...event, at: at(seconds) });
      expect(now.state).toMatchObject({ waiting: { cause: event.cause, ...waiting } });
    }
  });

  it.each([
    ['calling', true],
    ['checking', true],
    ['confirming', true],
    ['ended', false],
  ] as const)('stands in the way of other work while %s: %s', (status, marking) => {
    expect(isMarking(markGone({ state: markGoneStates[status] }))).toBe(marking);
  });
});
