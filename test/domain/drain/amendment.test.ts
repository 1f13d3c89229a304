import { describe, expect, it } from '@jest/globals';
import type { MasterDrain, MasterSighting } from '../../../src/domain/agent.ts';
import { type Amendment, observeAmendment } from '../../../src/domain/drain/amendment.ts';
import { evolve } from '../../../src/domain/drain/evolve.ts';
import { observe } from '../../../src/domain/drain/observe.ts';
import { judging } from '../../../src/domain/drain/proof.ts';
import type { Drain, DrainEvent } from '../../../src/domain/drain.ts';
import { seconds } from '../../../src/domain/ids.ts';
import {
  asked,
  at,
  drain,
  drained,
  draining,
  inDraining,
  leader,
  notRead,
  otherLeader,
  shows,
  sighting,
  takingBack,
  unreachable,
} from '../../support/samples.ts';

const orders: MasterDrain = { ...draining, markGone: true };
/** alice takes it back 100 s after noon. */
function recall(status: Amendment['status'], noEffect: [typeof leader, number] | null = null): Amendment {
  return takingBack(100, status, noEffect && { leader: noEffect[0], at: at(noEffect[1]) });
}
function unattended(taken: Amendment | null): Drain {
  return drain({ markGone: true, state: inDraining({ amendment: taken }) });
}
function inShort(events: DrainEvent[]): string {
  const words = events.map((event) => (event.type === 'ended' ? `ended ${event.end.kind}` : event.type));
  return words.length === 0 ? '-' : words.join(', ');
}
function judged(taken: Amendment | null, shown: MasterDrain | null, second: number): string {
  const state = inDraining({ amendment: taken });
  const look = {
    drain: unattended(taken),
    sighting: sighting(second, notRead),
    successor: null,
    limits: judging,
    at: at(second),
  };
  return inShort(observeAmendment(look, state, shown, leader));
}

const recalls = {
  none: null,
  calling: recall('calling'),
  checking: recall('checking'),
  confirming: recall('confirming'),
} satisfies Record<string, Amendment | null>;
const shown = { 'with mark_gone': orders, 'without it': draining, 'no drain': null } satisfies Record<
  string,
  MasterDrain | null
>;
type Shown = keyof typeof shown;

/** Recall × what the master shows, within a minute of sending / after it. */
const table: Record<keyof typeof recalls, Record<Shown, [string, string]>> = {
  none: { 'with mark_gone': ['-', '-'], 'without it': ['-', '-'], 'no drain': ['-', '-'] },
  // The door waits for the master's answer; what the master shows is the answer, too.
  calling: {
    'with mark_gone': ['-', '-'],
    'without it': ['amended', 'amended'],
    'no drain': ['-', '-'],
  },
  checking: {
    'with mark_gone': ['-', 'amend-no-effect-seen'],
    'without it': ['amended', 'amended'],
    'no drain': ['-', '-'],
  },
  // That the master took it is no proof: it must show so.
  confirming: {
    'with mark_gone': ['-', 'amend-no-effect-seen'],
    'without it': ['amended', 'amended'],
    'no drain': ['-', '-'],
  },
};
const cells = (Object.keys(recalls) as (keyof typeof recalls)[]).flatMap((status) =>
  (Object.keys(shown) as Shown[]).flatMap((drainShown) =>
    [159.999, 160].map(
      (seconds, index) => [status, drainShown, seconds, table[status][drainShown][index as 0 | 1]] as const,
    ),
  ),
);

describe('a mark_gone that somebody takes back', () => {
  it.each(cells)('recall %s, the master shows a drain %s after %d s: %s', (status, is, seconds, meaning) => {
    expect(judged(recalls[status], shown[is], seconds)).toBe(meaning);
  });

  it.each(
    (['checking', 'confirming'] as const).flatMap((status) =>
      (
        [
          ['the same leader, a second later', [leader, 160], 161, 'amend-not-applied'],
          ['the same leader, at once', [leader, 160], 160.999, '-'],
          ['another leader', [otherLeader, 160], 170, 'amend-no-effect-seen'],
        ] as const
      ).map(([by, first, seconds, meaning]) => [status, by, meaning, first, seconds] as const),
    ),
  )('%s: was not applied by a second read of %s: %s', (status, _, meaning, [by, first], seconds) => {
    expect(judged(recall(status, [by, first]), orders, seconds)).toBe(meaning);
  });

  it('is off as soon as the master shows so, also after a read that did not', () => {
    expect(judged(recall('checking', [leader, 160]), draining, 160.5)).toBe('amended');
  });
});

describe('a look while a mark_gone is taken back', () => {
  const busy = asked(4);

  it.each<[string, MasterSighting, string]>([
    ['still ordered', shows(orders), '-'],
    ['ordered no more', shows(draining), 'amended'],
    ['ordered no more, and away', unreachable(), 'amended, waiting'],
    ['still ordered, and away', unreachable({ drain: orders }), 'waiting'],
    ['changed by somebody else', shows({ ...draining, maxGraceNs: 60e9 }), 'ended superseded'],
    ['reactivated', shows(null), 'ended reactivated'],
    ['gone: it was too late', { kind: 'gone', leader, at: at(105) }, 'ended gone'],
  ])('%s', (_, master, meaning) => {
    const events = observe(unattended(recall('confirming')), sighting(110, master, busy), null);
    expect(inShort(events)).toBe(meaning);
  });

  it('ends as a plain drain that is proven like any other', () => {
    let now = unattended(recall('confirming'));
    const said: string[] = [];
    for (const seconds of [110, 115, 120]) {
      const events = observe(now, sighting(seconds, shows(drained), asked(0)), null);
      said.push(inShort(events));
      now = events.reduce(evolve, now);
    }
    expect(said).toEqual(['amended, drained-seen', 'drained', '-']);
    expect(now).toMatchObject({ markGone: false, state: { status: 'drained' } });
  });

  it('goes on as it was, where the call did not take effect', () => {
    let now = unattended(recall('checking'));
    const said: string[] = [];
    for (const seconds of [110, 165, 170, 175]) {
      const events = observe(now, sighting(seconds, shows(orders), busy), null);
      said.push(inShort(events));
      now = events.reduce(evolve, now);
    }
    expect(said).toEqual(['-', 'amend-no-effect-seen', 'amend-not-applied', '-']);
    expect(now).toMatchObject({ markGone: true, state: { status: 'draining', amendment: null } });
  });

  it('is never taken for somebody else’s change, however late the master’s answer comes', () => {
    // The master acts on the call at once; its answer is still on the way when the agent shows empty.
    let now = unattended(recall('calling'));
    const look = (seconds: number) => {
      const events = observe(now, sighting(seconds, shows(drained), asked(0)), null);
      now = events.reduce(evolve, now);
      return inShort(events);
    };
    const said = [101, 106, 111].map(look);
    if (now.state.status === 'draining' && now.state.amendment?.status === 'calling')
      now = evolve(now, { type: 'amend-accepted', at: at(112) });
    said.push(...[116, 121, 126].map(look));
    expect(said.join(', ')).not.toMatch(/\bended/);
    expect(now).toMatchObject({ markGone: false, state: { status: 'drained' } });
  });
});

describe('a drain that ends while its grace is shortened', () => {
  const change = { kind: 'hasten', maxGrace: seconds(60) } as const;
  const shortened: MasterDrain = { ...drained, maxGraceNs: 60e9 };

  /** Looks one after another, each with what the master shows; what they mean. */
  function looksAt(amendment: Amendment['status'], steps: [second: number, shown: MasterDrain][]) {
    let now = drain({ state: inDraining({ amendment: { ...recall(amendment), change } }) });
    const said = steps.map(([second, shown]) => {
      const events = observe(now, sighting(second, shows(shown), asked(0)), null);
      now = events.reduce(evolve, now);
      return inShort(events);
    });
    return { said, now };
  }

  it('is not taken for changed by somebody else, where the call arrives late', () => {
    const { said, now } = looksAt('calling', [
      [105, drained],
      [110, drained],
      [115, shortened],
      [120, shortened],
    ]);
    expect(said).toEqual(['drained-seen', '-', 'amended, drained', '-']);
    expect(now).toMatchObject({ maxGrace: 60, state: { status: 'drained' } });
  });

  it('is told what became of the call, where that never arrived', () => {
    const { said } = looksAt('checking', [
      [105, drained],
      [110, drained],
      [160, drained],
      [165, drained],
      [170, drained],
    ]);
    expect(said).toEqual(['drained-seen', '-', 'amend-no-effect-seen', 'amend-not-applied, drained', '-']);
  });
});
