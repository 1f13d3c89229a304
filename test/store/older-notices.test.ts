import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../../src/domain/notice.ts';
import { render } from '../../src/slack/blocks/render.ts';
import { upToDate } from '../../src/store/shapes/older-notices.ts';
import { examples } from '../slack/blocks/examples.ts';

/** As 0.1 stored them: without what came with approvals. */
const newKeys = [
  'markGone',
  'goneNext',
  'approved',
  'votes',
  'marking',
  'dropped',
  'recalling',
  'prompts',
  'others',
];
const previewKeys = [
  'unattended',
  'agentNotAsked',
  'beyond',
  'room',
  'ownGraceSeconds',
  'executor',
  'unlisted',
];

function older(value: unknown, inPreview = false): unknown {
  if (Array.isArray(value)) return value.map((each) => older(each, inPreview));
  if (typeof value !== 'object' || value === null) return value;
  const isPreview = 'subject' in value;
  const lacks = inPreview || isPreview ? previewKeys : newKeys;
  return Object.fromEntries(
    Object.entries(value)
      // A reactivation had its `others` from the first.
      .filter(([key]) => !lacks.includes(key) || 'news' in value)
      .filter(([key]) => key !== 'restored' || !('prompts' in value))
      .map(([key, member]) => [key, older(member, isPreview)]),
  );
}

const kinds = [
  'call-accepted',
  'drained',
  'ended',
  'status',
  'drain-card',
  'preview',
  'status-of-drain',
  'several',
];
const all = examples('agent3.example', 3).notices;
const stored = all.filter(({ kind }) => kinds.includes(kind));

describe('a notice that an older bot stored', () => {
  it.each(stored.map((notice, n) => [notice.kind, n, notice] as const))(
    '%s (%i) can be told',
    (_, __, notice) => {
      const told = upToDate(older(notice) as { kind: string }) as unknown as Notice;
      expect(render(told).text).not.toMatch(/undefined|\[object/);
    },
  );

  it('of this version comes back as it was', () => {
    for (const notice of all) expect(upToDate({ ...notice })).toEqual(notice);
  });
});
