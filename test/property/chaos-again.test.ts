import { describe, expect, it } from '@jest/globals';
import { failureAmong } from '../support/near/failure-among.ts';

// A file of its own, for another process to run it beside the first.
describe('whatever else happens, in whatever order', () => {
  it('the same holds', async () => {
    expect(await failureAmong(20_261_126)).toBe('');
  }, 1_800_000);
});
