import { agentId, clusterName, drainId } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { OutLine } from '../../../src/domain/stay/out-line.ts';
import type { Reminder, StillOut } from '../../../src/domain/stay/reminder.ts';
import { earlier, later, now, requester } from './moments.ts';

/** What is told of the time for which agents are out of service; `foreign` stands in every text from outside, and lists are `long`
 * entries long. */
export function stayNotices(foreign: string, long: number): Notice[] {
  const agent = { agentId: agentId('3669f2a1-b0f5-4f5e-9c8a-000000000000-S12'), hostname: foreign };
  const about: StillOut = {
    ...agent,
    drain: drainId(17),
    way: 'drain',
    requester,
    reason: foreign,
    since: earlier,
    until: now,
  };
  const label = { ...agent, state: 'drained' };
  const reminders: Reminder[] = [
    { why: 'forgotten' },
    { why: 'by-policy' },
    { why: 'late', refusal: null },
    { why: 'late', refusal: { code: 'master-unreadable', cluster: clusterName('prod'), why: foreign } },
    { why: 'scheduled', machine: foreign },
    { why: 'refused', refusal: { code: 'still-draining', agent: label, says: 'agent' } },
  ];
  const line: OutLine = {
    ...agent,
    state: 'drained',
    since: earlier,
    by: requester,
    reason: foreign,
    until: later,
    drain: drainId(17),
    permalink: null,
  };
  const elsewhere: OutLine = {
    ...line,
    by: 'outside',
    reason: null,
    until: null,
    drain: null,
    permalink: null,
  };
  const unseen: OutLine = { ...elsewhere, state: 'deactivated', by: null, since: null };
  const over: OutLine = { ...line, until: earlier };
  const lines = Array.from({ length: long }, () => [line, elsewhere, unseen, over]).flat();
  const cluster = clusterName('prod');
  return [
    ...reminders.flatMap((reminder): Notice[] =>
      [about, { ...about, way: 'deactivate' as const, reason: null, until: null }].map((each) => ({
        kind: 'stay',
        about: each,
        news: { news: 'still-out', reminder, at: later },
      })),
    ),
    ...[about, { ...about, until: null }].flatMap((each): Notice[] => [
      { kind: 'stay', about: each, news: { news: 'set', by: requester, seconds: 7_200 } },
      { kind: 'staying', about: each, permalink: null },
    ]),
    { kind: 'digest', cluster, at: now, asOf: earlier, late: null, out: { lines, more: 3 } },
    { kind: 'digest', cluster, at: now, asOf: null, late: earlier, out: { lines: [], more: 0 } },
  ];
}
