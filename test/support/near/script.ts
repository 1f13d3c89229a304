import fc from 'fast-check';
import type { FaultKind } from '../../../playground/mesos/faults.ts';
import type { Life } from '../chaos.ts';
import { anyHost, type ClusterEvent, clusterEvent, frameworks, one, suddenly } from '../cluster-events.ts';
import { type PersonName, people, type SlackFault } from './near-slack.ts';

/** What people type; `n` counts agents, drains and questions from 1. */
export type Typed =
  | { type: 'drain'; n: number; more: '' | '--mark-gone' | '--mark-gone --unattended' | 'in a hurry' }
  | { type: 'mark-gone'; n: number; now: boolean }
  | { type: 'reactivate'; n: number }
  | { type: 'cancel'; what: 'd' | 'a'; n: number }
  | { type: 'close'; n: number };

export type CurlCall = 'drain' | 'drain and mark gone' | 'deactivate' | 'reactivate' | 'gone';

/** One thing that happens; plain data, so that a script can be printed and played again. */
export type NearEvent =
  | ClusterEvent
  | { do: 'type'; by: PersonName; what: Typed }
  | { do: 'vote'; by: PersonName; emoji: string; undo: boolean }
  | { do: 'become'; who: PersonName; what: 'guest' | 'deactivated' | 'full' | 'approver' | 'no approver' }
  | { do: 'delete prompt' }
  /** Its tasks end with it, and no check of a drain follows (mesos-api 2.2). */
  | { do: 'remove framework'; name: string }
  | { do: 'curl'; what: CurlCall; host: string }
  | {
      do: 'master fault';
      index: number;
      match: { call?: string; path?: string };
      fault: FaultKind;
      times: number;
    }
  | { do: 'agent fault'; host: string; fault: FaultKind; times: number }
  | { do: 'late call'; ms: number }
  | { do: 'slack fault'; on: 'post' | 'edit'; fault: SlackFault; times: number }
  | { do: 'mute'; what: 'people' | 'prompts' | 'history'; times: number }
  | { do: 'deaf'; isDeaf: boolean }
  | { do: 'disk full'; times: number }
  | { do: 'leap'; ms: number }
  /** In the middle of what the bot does when that many requests more have reached a master. */
  | { do: 'ambush'; requests: number; event: ClusterEvent | Extract<NearEvent, { do: 'curl' | 'vote' }> };

/** What happens to one world, in this order. */
export interface NearScript {
  lives: Life[];
  events: { afterMs: number; event: NearEvent }[];
}

const n = fc.integer({ min: 1, max: 4 });
const times = fc.integer({ min: 1, max: 4 });
const by = one<PersonName>('mara', 'mara', 'dev', 'ines', 'sam');

const typed: fc.Arbitrary<Typed> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: one('drain'), n, more: one('') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: one('drain'),
      n,
      more: one('--mark-gone', '--mark-gone', '--mark-gone --unattended', 'in a hurry'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: one('mark-gone'), n, now: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ type: one('reactivate'), n }) },
  { weight: 2, arbitrary: fc.record({ type: one('cancel'), what: one('d', 'a'), n }) },
  { weight: 1, arbitrary: fc.record({ type: one('close'), n }) },
);

const vote = fc.record({
  do: one('vote'),
  by: one<PersonName>('dev', 'dev', 'ines', 'mara', 'sam'),
  emoji: one(
    'white_check_mark',
    'white_check_mark',
    'white_check_mark',
    'white_check_mark',
    'x',
    'octagonal_sign',
    '+1',
  ),
  undo: one(false, false, false, true),
});

const curl = fc.record({
  do: one('curl'),
  what: one<CurlCall>('drain', 'drain and mark gone', 'deactivate', 'reactivate', 'reactivate', 'gone'),
  host: anyHost,
});

const event: fc.Arbitrary<NearEvent> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: one('type'), by, what: typed }) },
  { weight: 12, arbitrary: vote },
  { weight: 12, arbitrary: clusterEvent },
  { weight: 2, arbitrary: curl },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('become'),
      who: one(...people, 'dev' as const, 'ines' as const),
      what: one('guest', 'deactivated', 'no approver', 'full', 'approver'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: one('delete prompt') }) },
  { weight: 2, arbitrary: fc.record({ do: one('remove framework'), name: one(...frameworks) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('master fault'),
      index: one(0, 1),
      match: one(
        {},
        { call: 'DRAIN_AGENT' },
        { call: 'DRAIN_AGENT' },
        { call: 'REACTIVATE_AGENT' },
        { call: 'MARK_AGENT_GONE' },
        { call: 'GET_MASTER' },
        { path: '/slaves' },
        { path: '/registrar(1)/registry' },
      ),
      fault: one<FaultKind>(
        'refuse',
        'hang',
        'drop-after-apply',
        'drop-after-apply',
        '503',
        '500',
        'garbage',
        'html-502',
      ),
      times,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one('agent fault'),
      host: anyHost,
      fault: one<FaultKind>('refuse', 'hang', '503', '500', 'garbage'),
      times,
    }),
  },
  // Less than the minute after which a missing effect may count.
  { weight: 2, arbitrary: fc.record({ do: one('late call'), ms: one(31_000, 45_000, 58_000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: one('slack fault'),
      on: one('post', 'post', 'edit'),
      fault: one<SlackFault>('lost', 'kept', 'kept', 'limited'),
      times,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: one('mute'), what: one('people', 'prompts', 'history'), times }) },
  { weight: 1, arbitrary: fc.record({ do: one('deaf'), isDeaf: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: one('disk full'), times }) },
  { weight: 2, arbitrary: fc.record({ do: one('leap'), ms: one(500, 5_000, 20_000, 60_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one('ambush'),
      requests: fc.integer({ min: 1, max: 12 }),
      event: fc.oneof(
        { weight: 4, arbitrary: suddenly },
        { weight: 2, arbitrary: curl },
        { weight: 2, arbitrary: vote },
      ),
    }),
  },
);

/** Any script: somebody asks for something first, then whatever comes, over some minutes. */
export const nearScript: fc.Arbitrary<NearScript> = fc.record({
  lives: fc.array(
    fc.record({
      at: fc.integer({ min: 2, max: 40 }),
      when: one('before', 'after'),
      downSeconds: one(1, 10, 40, 90),
    }),
    { maxLength: 2 },
  ),
  events: fc
    .tuple(
      fc.record({ do: one('type'), by: one<PersonName>('mara'), what: typed }),
      fc.array(fc.record({ afterMs: one(0, 0, 1_000, 5_000, 12_000, 31_000), event }), {
        minLength: 3,
        maxLength: 18,
      }),
    )
    .map(([first, rest]) => [{ afterMs: 0, event: first }, ...rest]),
});
