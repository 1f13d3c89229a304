import { describe, expect, it } from '@jest/globals';
import { failureAmong } from '../support/near/failure-among.ts';

describe('whatever happens to cluster, Slack, people and the bot itself, in whatever order', () => {
  it('nothing is told that is not so, no call is made twice or without a second person, and all agree at the end', async () => {
    expect(await failureAmong(20_261_125)).toBe('');
  }, 1_800_000);
});
