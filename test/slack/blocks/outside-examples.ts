import { agentId, clusterName } from '../../../src/domain/ids.ts';
import type { Notice } from '../../../src/domain/notice.ts';
import type { AgentDeed } from '../../../src/domain/outside/agents.ts';
import type { MachineDeed } from '../../../src/domain/outside/machines.ts';
import type { OutsideLine } from '../../../src/domain/outside/news.ts';
import type { Service } from '../../../src/domain/outside/service.ts';
import { earlier, later, now } from './moments.ts';

type Outside = Extract<Notice, { kind: 'outside' }>;

/** What others did to the cluster, one line of each kind; `foreign` stands in every text from outside. */
export function outsideNotices(foreign: string): Outside[] {
  const id = agentId('3669f2a1-b0f5-4f5e-9c8a-000000000000-S7');
  const agent = { agentId: id, hostname: foreign };
  const seen = { since: earlier, wasAway: false };
  const drain = { state: 'DRAINING', maxGraceNs: 90e9, markGone: true } as const;
  const onAgent = (deed: AgentDeed, before: Service | null, is: Service | 'gone'): OutsideLine => ({
    on: 'agent',
    deed,
    ...agent,
    before,
    now: is,
    goneAt: is === 'gone' ? earlier : null,
    ...seen,
  });
  const machine = { hostname: foreign, ip: '10.0.0.7' };
  const window = { machine, start: later, durationMs: 7_200_000, down: false };
  const onMachine = (deed: MachineDeed, which: typeof agent | null): OutsideLine => ({
    on: 'machine',
    deed,
    machine,
    before: deed === 'rescheduled' ? { ...window, durationMs: null } : null,
    now: deed === 'scheduled' || deed === 'rescheduled' ? window : null,
    agent: which,
    ...seen,
  });
  const lines: OutsideLine[] = [
    onAgent('deactivated', 'active', 'deactivated'),
    onAgent('drain-begun', null, drain),
    onAgent('drain-changed', drain, { ...drain, maxGraceNs: null, markGone: false }),
    onAgent('reactivated', 'deactivated', 'active'),
    onAgent('gone', { ...drain, state: 'DRAINED' }, 'gone'),
    onMachine('scheduled', agent),
    onMachine('rescheduled', null),
    onMachine('unscheduled', agent),
    onMachine('taken-down', agent),
    onMachine('brought-up', null),
  ];
  const notice: Outside = {
    kind: 'outside',
    cluster: clusterName('prod'),
    at: now,
    away: null,
    restored: false,
    lines,
    more: 0,
  };
  const slept = lines.map((line, n) => ({ ...line, wasAway: n < 4 }));
  return [
    notice,
    { ...notice, away: { from: earlier, to: now }, lines: slept, more: 12, restored: true },
    { ...notice, lines: lines.slice(-1) },
  ];
}
