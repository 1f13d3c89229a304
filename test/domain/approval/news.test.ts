import { describe, expect, it } from '@jest/globals';
import { aboutApproval } from '../../../src/domain/approval/news.ts';
import { drainId } from '../../../src/domain/ids.ts';
import { approval } from '../../support/approval-samples.ts';
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

  it('is named with the drain that it stands for', () => {
    expect(aboutApproval(approval({ drain: drainId(17) }))).toMatchObject({ drain: 17 });
  });
});
