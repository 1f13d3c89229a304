import { describe, expect, it } from '@jest/globals';
import { allToTheirEnd } from '../../src/app/all-to-their-end.ts';

describe('work done side by side', () => {
  it('throws what failed only when all the rest has ended', async () => {
    let ended = false;
    let finish = (): void => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    }).then(() => {
      ended = true;
    });
    const both = allToTheirEnd([Promise.reject(new Error('disk full')), slow]);
    const seen = both.catch((fault: Error) => ({ fault: fault.message, ended }));
    finish();
    expect(await seen).toEqual({ fault: 'disk full', ended: true });
  });
});
