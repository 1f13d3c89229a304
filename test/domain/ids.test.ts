import { describe, expect, it } from '@jest/globals';
import * as ids from '../../src/domain/ids.ts';

type Parser = (text: string) => string;

describe('ids from outside', () => {
  it.each<[string, Parser, string]>([
    ['agent', ids.agentId, '36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S42'],
    ['framework', ids.frameworkId, '36693d5a-0001'],
    ['cluster', ids.clusterName, 'prod-eu.1'],
    ['user', ids.userId, 'U012ABCDEF'],
    ['enterprise user', ids.userId, 'W012ABCDEF'],
    ['team', ids.teamId, 'T012ABC'],
    ['enterprise', ids.teamId, 'E012ABC'],
    ['user group', ids.userGroupId, 'S012ABC'],
    ['channel', ids.channelId, 'C012ABC'],
    ['message', ids.messageTs, '1700000000.000100'],
  ])('are taken as they are: %s', (_, parse, text) => {
    expect(parse(text)).toBe(text);
  });

  it.each<[string, Parser, string]>([
    ['an empty agent id', ids.agentId, ''],
    ['an agent id with a space', ids.agentId, 'S 1'],
    ['an agent id with a line break', ids.agentId, 'S1\n'],
    ['an agent id with a control character', ids.agentId, 'S1\u0007'],
    ['an endless agent id', ids.agentId, 'S'.repeat(513)],
    ['a cluster name that begins with a dash', ids.clusterName, '-prod'],
    ['a bot id as a user', ids.userId, 'B012ABC'],
    ['a user in lower case', ids.userId, 'u012abc'],
    ['a mention as a user', ids.userId, '<@U012ABC>'],
    ['a user as a channel', ids.channelId, 'U012ABC'],
    ['a channel name', ids.channelId, '#ops'],
    ['a ts that went through a float', ids.messageTs, '1700000000.0001'],
  ])('are refused: %s', (_, parse, text) => {
    expect(() => parse(text)).toThrow(TypeError);
  });

  it('names what it refused, made harmless', () => {
    expect(() => ids.agentId('a\nb')).toThrow('not an agent id: "a\\nb"');
  });
});

describe('numbers', () => {
  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuse %d as a drain', (n) => {
    expect(() => ids.drainId(n)).toThrow(TypeError);
  });

  it.each([-1, 0.5, ids.maxSeconds + 1, Number.NaN])('refuse %d as seconds', (n) => {
    expect(() => ids.seconds(n)).toThrow(TypeError);
  });

  it.each([0, 600, ids.maxSeconds])('take %d as seconds', (n) => {
    expect(ids.seconds(n)).toBe(n);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuse %d as an instant', (n) => {
    expect(() => ids.instant(n)).toThrow(TypeError);
  });

  it('cut fractions of a millisecond off an instant', () => {
    expect(ids.instant(1_700_000_000_123.9)).toBe(1_700_000_000_123);
  });
});

it('shows a drain as people type it', () => {
  expect(ids.showDrainId(ids.drainId(17))).toBe('d17');
});

it('writes time as ISO 8601 in UTC with milliseconds', () => {
  expect(ids.iso(ids.after(ids.instant(Date.UTC(2026, 10, 22, 12)), 1_500))).toBe('2026-11-22T12:00:01.500Z');
});
