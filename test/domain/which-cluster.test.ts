import { describe, expect, it } from '@jest/globals';
import { channelId, clusterName } from '../../src/domain/ids.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { whichCluster } from '../../src/domain/which-cluster.ts';

const [ops, east1, elsewhere] = ['C0OPS', 'C0EAST', 'C0ELSE'].map(channelId) as [never, never, never];
const [east, west] = [clusterName('east'), clusterName('West')];
const two = [
  { name: east, defaultIn: [east1], nameMustBeTyped: false },
  { name: west, defaultIn: [], nameMustBeTyped: true },
];
const d17 = (cluster = east) => ({ id: 'd17', cluster });
const asked = {
  named: null as string | null,
  work: null as ReturnType<typeof d17> | null,
  channel: ops as ReturnType<typeof channelId>,
  via: 'typed' as 'typed' | 'button',
  changes: true,
};

describe('the cluster that is meant', () => {
  it.each<[string, Partial<typeof asked>, string]>([
    ['the one that is named', { named: 'east' }, 'east'],
    ['in any letter case', { named: 'WEST' }, 'West'],
    ['that of the work', { work: d17() }, 'east'],
    ['that of the work, named too', { work: d17(), named: 'East' }, 'east'],
    ['that of the work, whatever the channel', { work: d17(west), channel: east1, changes: false }, 'West'],
    ['the one of the channel', { channel: east1 }, 'east'],
    ['the one that is named, whatever the channel', { channel: east1, named: 'west' }, 'West'],
    ['for a read, without its name typed', { work: d17(west), changes: false }, 'West'],
    ['for a click, without its name typed', { work: d17(west), via: 'button' }, 'West'],
  ])('is %s', (_, rest, name) => {
    expect(whichCluster(two, { ...asked, ...rest })).toEqual({ ok: true, value: name });
  });

  it.each<[string, Partial<typeof asked>, Refusal]>([
    ['none is named', {}, { code: 'which-cluster', clusters: [east, west] }],
    ['the channel has none', { channel: elsewhere }, { code: 'which-cluster', clusters: [east, west] }],
    [
      'there is no such',
      { named: 'esat' },
      { code: 'no-such-cluster', typed: 'esat', near: 'east', clusters: [east, west] },
    ],
    [
      'the work is on another',
      { work: d17(), named: 'west' },
      { code: 'other-clusters-work', work: 'd17', cluster: east, named: west },
    ],
    [
      'that of the work is there no more',
      { work: d17(clusterName('north')), channel: east1 },
      { code: 'cluster-not-configured', work: 'd17', cluster: 'north', clusters: [east, west] },
    ],
    ['its name has to be typed', { work: d17(west) }, { code: 'name-not-typed', cluster: west }],
  ])('is asked for where %s', (_, rest, refusal) => {
    expect(whichCluster(two, { ...asked, ...rest })).toEqual({ ok: false, refusal });
  });

  it('is the only one there is, which has to be named where its owners want that', () => {
    expect(whichCluster(two.slice(0, 1), asked)).toEqual({ ok: true, value: east });
    expect(whichCluster(two.slice(1), asked)).toMatchObject({ refusal: { code: 'name-not-typed' } });
    expect(whichCluster(two.slice(1), { ...asked, named: 'west' })).toEqual({ ok: true, value: west });
  });
});
