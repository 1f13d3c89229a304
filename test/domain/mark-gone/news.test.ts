import { describe, expect, it } from '@jest/globals';
import { aboutMarkGone } from '../../../src/domain/mark-gone/news.ts';
import { markGone } from '../../support/approval-samples.ts';
import { agentId, alice, bob } from '../../support/samples.ts';

describe('whose mark gone people are told of', () => {
  const about = {
    agentId,
    hostname: 'agent3.example',
    requester: alice.userId,
    approvedBy: [bob],
    approval: 9,
  };

  it('is named with the drain that proved the agent empty', () => {
    expect(aboutMarkGone(markGone())).toEqual({ ...about, drain: 17 });
  });

  it('is named without one where there was none', () => {
    expect(aboutMarkGone(markGone({ call: { by: 'mark-agent-gone' } }))).toEqual({ ...about, drain: null });
  });
});
