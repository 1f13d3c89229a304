import { describe, expect, it } from '@jest/globals';
import { verbOf } from '../../../src/domain/approval/asked.ts';
import { aboutApproval } from '../../../src/domain/approval/news.ts';
import type { Approval } from '../../../src/domain/approval.ts';
import { drainId } from '../../../src/domain/ids.ts';
import { approval } from '../../support/approval-samples.ts';
import { planApproval } from '../../support/covers-samples.ts';
import { agentId, alice } from '../../support/samples.ts';

describe('which question people are told of', () => {
  it('is named by its number, its agent, what it asks for, and who asked', () => {
    expect(aboutApproval(approval())).toEqual({
      of: 'agent',
      approval: 9,
      agentId,
      hostname: 'agent3.example',
      requester: alice.userId,
      act: { kind: 'drain-then-gone', maxGrace: 600 },
      drain: null,
    });
  });

  it('is named by its plan, what that does, and each line', () => {
    expect(aboutApproval(planApproval())).toEqual({
      of: 'plan',
      approval: 9,
      requester: alice.userId,
      plan: 3,
      does: { of: 'agents', work: { do: 'drain', maxGrace: 3 } },
      hostnames: ['agent3.example', 'agent4.example'],
    });
  });

  it.each<[Approval, string]>([
    [approval(), 'drain'],
    [approval({ act: { kind: 'mark-gone', now: false } }), 'mark-gone'],
    [planApproval(), 'drain'],
    [planApproval({ covers: { of: 'agents', work: { do: 'reactivate' }, lines: [] } }), 'reactivate'],
    [planApproval({ covers: { of: 'machines', work: { do: 'stop' }, lines: [] } }), 'maintenance stop'],
  ])('is found in the log by its command: %#', (of, verb) => {
    expect(verbOf(of)).toBe(verb);
  });

  it('is named with the drain that it stands for', () => {
    expect(aboutApproval(approval({ drain: drainId(17) }))).toMatchObject({ drain: 17 });
  });
});
