import { describe, expect, it } from '@jest/globals';
import { approvalId, drainId } from '../../../src/domain/ids.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import * as samples from './approval-examples.ts';
import { read } from './read.ts';

const host = 'agent3.example';
const { agentId } = samples.promptExample(host);

describe('refusals of approvals and mark gones', () => {
  const id = '3669f2a1-b0f5-4f5e-9c8a-000000000000-S12';
  const agent = { agentId, hostname: host, state: 'unreachable' };
  it.each<[Refusal, string[]]>([
    [
      { code: 'reason-needed', because: [{ why: 'irreversible', command: 'mark-gone' }] },
      ["`mark-gone` can't be undone", '`--reason "…"`'],
    ],
    [
      { code: 'nobody-can-approve', approversConfigured: false, needed: 1 },
      ['no approvers are configured', 'name approvers'],
    ],
    [
      { code: 'nobody-can-approve', approversConfigured: true, needed: 2 },
      ['2 approvals from approvers other than you'],
    ],
    [
      { code: 'approval-open', agent, approval: approvalId(9), permalink: null },
      ['already, a9', '`/mesos cancel a9`'],
    ],
    [
      { code: 'approval-settled', approval: approvalId(9), how: 'taken-back' },
      ['It ended as: taken back', '`/mesos status a9`'],
    ],
    [
      { code: 'no-such-approval', typed: 'a99', near: [approvalId(9)] },
      ['no question `a99`', '`a9`', '`/mesos status`'],
    ],
    [
      { code: 'unreachable-for-gone', agent },
      ['fire when the repaired machine returns', `\`/mesos mark-gone ${id} --reason "…"\``],
    ],
    [
      { code: 'grace-differs', agent, drain: drainId(17), shownSeconds: 5400 },
      ['(d17)', '1 h 30 min', `\`/mesos drain ${id} --mark-gone --max-grace-period 1h30m --reason "…"\``],
    ],
    [
      { code: 'grace-differs', agent, drain: null, shownSeconds: null },
      ['no max grace period', `\`/mesos drain ${id} --mark-gone --reason "…"\``],
    ],
    [{ code: 'grace-differs', agent, drain: null, shownSeconds: 6.5 }, ['6.5 s', "can't be typed"]],
    [
      { code: 'unattended-too-late', agent, drain: drainId(17) },
      ['(d17)', 'too late for `--unattended`', `\`/mesos drain ${id} --mark-gone --reason "…"\``],
    ],
    [{ code: 'gone-by-others', agent }, ['this bot did not send', '`/mesos audit --agent agent3.example`']],
    [
      { code: 'alive-with-tasks', agent, tasks: 3 },
      [
        'runs 3 tasks',
        `\`/mesos drain ${id} --mark-gone --reason "…"\``,
        `\`/mesos mark-gone ${id} --now --reason "…"\``,
      ],
    ],
    [{ code: 'alive-with-tasks', agent, tasks: null }, ['what it runs is not known']],
    [{ code: 'not-markable', agent, why: 'gone', detail: '' }, ['gone already', '`/mesos agents`']],
    [
      { code: 'not-markable', agent, why: 'recovered', detail: '' },
      ['half listed until the next failover', 'ten minutes'],
    ],
    [{ code: 'not-markable', agent, why: 'absent', detail: '' }, ['does not list it']],
    [{ code: 'not-markable', agent, why: 'unreadable', detail: 'no leader' }, ["can't be read", 'no leader']],
    [{ code: 'marking-open', agent, permalink: null }, ['being marked gone already', 'its thread']],
    [{ code: 'recall-open', drain: drainId(17) }, ['d17 is being taken back already', '`/mesos status d17`']],
  ])('%j names the way out', (refusal, words) => {
    const text = read({ kind: 'refused', refusal, typed: '' });
    for (const each of words) expect(text).toContain(each);
  });
});
