import { describe, expect, it } from '@jest/globals';
import { backoffMs, editsPerMinute, makePace } from '../../src/app/outbox/pace.ts';
import { channelId } from '../../src/domain/ids.ts';
import { at, channel } from '../support/samples.ts';

const elsewhere = channelId('C0ELSEWHERE');

describe('the pace of posts', () => {
  it('is one a second in a channel', () => {
    const pace = makePace();
    expect(pace.post(channel, at(0))).toBe(at(0));
    expect(pace.post(channel, at(0.4))).toBe(at(1));
    expect(pace.post(channel, at(1))).toBe(at(1));
    expect(pace.post(channel, at(1))).toBe(at(2));
  });

  it('is counted for each channel alone', () => {
    const pace = makePace();
    pace.post(channel, at(0));
    expect(pace.post(elsewhere, at(0))).toBe(at(0));
  });

  it('reserves nothing by a question that was asked too early', () => {
    const pace = makePace();
    pace.post(channel, at(0));
    pace.post(channel, at(0.9));
    expect(pace.post(channel, at(1))).toBe(at(1));
  });
});

describe('the pace of edits', () => {
  it('is 50 a minute, all channels together', () => {
    const pace = makePace();
    for (let n = 0; n < editsPerMinute; n++)
      expect(pace.edit(n % 2 === 0 ? channel : elsewhere, at(n))).toBe(at(n));
    expect(pace.edit(channel, at(50))).toBe(at(60));
    expect(pace.edit(channel, at(60))).toBe(at(60));
    expect(pace.edit(channel, at(60))).toBe(at(61));
  });

  it('takes nothing from that of posts', () => {
    const pace = makePace();
    pace.edit(channel, at(0));
    expect(pace.post(channel, at(0))).toBe(at(0));
  });
});

describe("Slack's Retry-After", () => {
  it('stops that method in that channel until it is over', () => {
    const pace = makePace();
    pace.limited('post', channel, at(30));
    expect(pace.post(channel, at(29))).toBe(at(30));
    expect(pace.post(elsewhere, at(29))).toBe(at(29));
    expect(pace.edit(channel, at(29))).toBe(at(29));
    expect(pace.post(channel, at(30))).toBe(at(30));
  });

  it('stops edits likewise', () => {
    const pace = makePace();
    pace.limited('edit', channel, at(30));
    expect(pace.edit(channel, at(1))).toBe(at(30));
    expect(pace.post(channel, at(1))).toBe(at(1));
  });
});

describe('backoffMs', () => {
  it.each([
    [0, 2_000],
    [1, 4_000],
    [2, 8_000],
    [7, 256_000],
    [8, 300_000],
    [1_000, 300_000],
  ])('after %d failed tries is %d ms', (attempts, wait) => {
    expect(backoffMs(attempts)).toBe(wait);
  });
});
