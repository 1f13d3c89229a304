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

function without(value: unknown, keys: string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !keys.includes(key))
      .map(([key, member]) => [key, without(member, keys)]),
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
/** Nobody had heard of plans then. */
const isOfPlan = ({ kind }: Notice) => /plan|maintenance|machines/.test(kind);
const stored = all
  .filter(({ kind }) => kinds.includes(kind))
  .map((notice) =>
    notice.kind === 'several'
      ? { ...notice, notices: notice.notices.filter((each) => !isOfPlan(each)) }
      : notice,
  );

describe('a notice that an older bot stored', () => {
  it.each(stored.map((notice, n) => [notice.kind, n, notice] as const))(
    '%s (%i) can be told',
    (_, __, notice) => {
      const told = upToDate(older(notice) as { kind: string }) as unknown as Notice;
      expect(render(told).text).not.toMatch(/undefined|\[object/);
    },
  );

  const questions = ['prompt', 'approval', 'vote-refused', 'status-of-approval'];
  const ofAgents = all.filter(
    (notice) =>
      questions.includes(notice.kind) &&
      !('about' in notice && notice.about !== null && 'of' in notice.about && notice.about.of === 'plan') &&
      // No such was told then.
      !(notice.kind === 'approval' && notice.news.news === 'needs') &&
      !('line' in notice && 'prompt' in notice.line && notice.line.prompt.of === 'plan'),
  );
  it('of a question is about one agent, and lacks nobody in particular', () => {
    expect(new Set(ofAgents.map(({ kind }) => kind)).size).toBe(questions.length);
    const lacks = ['of', 'because', 'oneOf', 'missing'];
    for (const notice of ofAgents) {
      const told = upToDate(without(notice, lacks) as { kind: string }) as unknown as Notice;
      expect(render(told).text).not.toMatch(/undefined|\[object/);
    }
  });

  it('of this version comes back as it was', () => {
    for (const notice of all) expect(upToDate({ ...notice })).toEqual(notice);
  });
});
