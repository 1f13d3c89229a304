import type { CommandDeed, DeedState } from '../../../src/domain/audit/deed.ts';
import { deedOf } from '../../../src/domain/audit/deed-of.ts';
import { type AuditEntry, auditEvents } from '../../../src/domain/audit.ts';
import { approvalId, clusterName, drainId, instant, userId } from '../../../src/domain/ids.ts';
import type { Notice, OpenLine } from '../../../src/domain/notice.ts';

const at = '2026-11-22T14:22:05.000Z';
const mara = 'U0MARA0001';
const bobb = 'U0BOBB0001';
const id = '3669f2a1-c7c3-4a8d-9f0e-52a8d0b5c2aa-S3';

/** An entry of each event, with every field that holds text from elsewhere. */
export function entriesOfAll(foreign: string): AuditEntry[] {
  return auditEvents.map((event, n) => ({
    v: 1,
    seq: n + 1,
    at,
    event,
    actor:
      n % 3 === 0
        ? { kind: 'person', user: mara, team: 'T0LOCAL001', name: foreign }
        : { kind: n % 3 === 1 ? 'bot' : 'outside' },
    correlation: `c-${n}`,
    cluster: foreign,
    agent: { id, hostname: foreign },
    drain: 17,
    command: { typed: foreign },
    reason: foreign,
    request: { call: 'DRAIN_AGENT', body: foreign },
    response: { status: 200, body: foreign, bodySha256: '', bodyBytes: 0 },
    approval: { id: 9, by: [{ user: mara, team: 'T0LOCAL001', name: foreign }] },
    decision: foreign,
    outcome: foreign,
    facts: { left: 2, of: 8, user: mara, mark: foreign },
  }));
}

/** A deed in each state. */
export function deedsOfAll(foreign: string): CommandDeed[] {
  const gone = 'planned';
  const states: DeedState[] = [
    { is: 'answered' },
    { is: 'refused', code: foreign },
    { is: 'failed' },
    { is: 'late' },
    { is: 'asked' },
    { is: 'held' },
    { is: 'settled', how: foreign, at, by: bobb },
    { is: 'settled', how: 'expired', at, by: null },
    { is: 'sent', unknown: true },
    { is: 'under-way', left: 3, of: 8, waiting: foreign, gone },
    { is: 'drained', at, gone: 'dropped' },
    { is: 'ended', how: foreign, at: foreign, drainedAt: at, by: foreign, outside: false, gone: 'none' },
    { is: 'ended', how: 'done', at, drainedAt: null, by: null, outside: false, gone: 'none' },
  ];
  const verbs = ['drain', 'mark-gone', 'reactivate', 'hasten', 'constructor', null];
  return states.map((state, n) => ({
    kind: 'command',
    seq: n + 1,
    at,
    by: { kind: 'person', user: mara, team: 'T0LOCAL001', name: foreign },
    asked: {
      typed: foreign,
      via: 'typed',
      verb: verbs[n % verbs.length] ?? null,
      target: foreign,
      work: n % 2 === 0 ? null : 'd17',
      markGone: true,
      unattended: n % 3 === 0,
      dryRun: false,
    },
    cluster: foreign,
    reason: foreign,
    approval: { id: 9, by: [{ user: bobb, name: foreign }] },
    votes: [{ user: mara, outcome: foreign }],
    parts: Array.from({ length: n === 10 ? 5 : 1 }, () => ({
      agent: n === 3 ? null : { id, hostname: foreign },
      drain: 17,
      state,
    })),
    thread: foreign,
  }));
}

/** Every answer of `audit`; `long`: the length of its lists. */
export function auditExamples(foreign: string, long: number, permalink: string): Notice[] {
  const entries = entriesOfAll(foreign);
  const deeds = [...deedsOfAll(foreign), ...entries.map(({ command: _, ...entry }) => deedOf([entry]))];
  const lines = Array.from({ length: Math.min(long, 40) + 10 }, (_, n) => ({
    place: 1000 - n,
    deed: deeds[n % deeds.length] as (typeof deeds)[number],
    permalink: n % 3 === 0 ? null : permalink,
  }));
  const filter = {
    agent: foreign,
    cluster: clusterName('prod'),
    by: userId(mara),
    command: 'mark-gone' as const,
    since: instant(Date.parse(at)),
    until: instant(Date.parse(at)),
  };
  const none = { agent: null, cluster: null, by: null, command: null, since: null, until: null };
  const works: OpenLine['work'][] = [
    { what: 'drain', drain: drainId(17), way: 'deactivate' },
    { what: 'drained', drain: drainId(18), way: 'drain' },
    { what: 'approval', approval: approvalId(9) },
    { what: 'mark-gone' },
    { what: 'reactivation' },
  ];
  const page = { kind: 'audit-deeds', words: 'audit', isFirst: true, older: true, archive: foreign } as const;
  const words = `audit --agent ${foreign}`;
  const story = {
    kind: 'audit-story',
    words: 'audit d17',
    isFirst: true,
    later: true,
    archive: foreign,
    permalink,
  } as const;
  return [
    { ...page, deeds: lines, filter: none, who: null },
    { ...page, words, deeds: lines, filter, who: null, isFirst: false },
    {
      ...page,
      words,
      deeds: lines.slice(10),
      filter,
      who: { hostname: foreign, open: works.map((work) => ({ work, permalink })) },
    },
    { ...page, deeds: [], filter, who: { hostname: foreign, open: [] }, older: false },
    { ...page, deeds: [], filter: none, who: null, older: false },
    { ...page, deeds: [], filter, who: null, older: false },
    { ...page, deeds: [], filter, who: null, isFirst: false, older: false },
    ...deedsOfAll(foreign).map(
      (deed, n): Notice => ({
        ...story,
        about: n % 2 === 0 ? { drain: drainId(17) } : { approval: approvalId(9) },
        deed,
        entries: entries.slice(n),
      }),
    ),
    { ...story, about: null, deed: null, entries, isFirst: false },
    { ...story, about: { drain: drainId(17) }, deed: null, entries: [], later: false },
  ];
}
