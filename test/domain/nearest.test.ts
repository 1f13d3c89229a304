import { describe, expect, it } from '@jest/globals';
import { editDistance, nearest } from '../../src/domain/nearest.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['drain', 'drain', 0],
    ['', 'drain', 5],
    ['drain', '', 5],
    ['drin', 'drain', 1],
    ['drrain', 'drain', 1],
    ['brain', 'drain', 1],
    ['drian', 'drain', 2],
    ['kitten', 'sitting', 3],
  ])('of “%s” and “%s” is %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });
});

describe('nearest', () => {
  const verbs = ['drain', 'close', 'cancel', 'status'];
  it.each([
    ['drian', ['drain']],
    ['DRIAN', ['drain']],
    ['clsoe', ['close']],
    ['stat', ['status']],
    ['x', []],
    ['frobnicate', []],
    ['a'.repeat(3_000), []],
  ])('of “%s” are %j', (word, words) => {
    expect(nearest(word, verbs)).toEqual(words);
  });

  it('puts the best first', () => {
    expect(nearest('agent12', ['agent34', 'agent2', 'agent12x'])).toEqual(['agent2', 'agent12x', 'agent34']);
  });
});
