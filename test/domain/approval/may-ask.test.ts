import { describe, expect, it } from '@jest/globals';
import { known, notRead, unexplained } from '../../support/samples.ts';
import { acts, inShort, judge, type Kind, kinds, type Look, looks, notDrainable } from './objections.ts';

const notMarkable = (why: string) => `not-markable ${why}`;
const alive = { 'mark gone': 'alive-with-tasks', 'mark gone, now': '-' };
const both = (objection: string) => ({ 'mark gone': objection, 'mark gone, now': objection });

/** Look × act, with no other work of ours. */
const table: Record<Look, Record<Kind, string>> = {
  'in service': { drain: '-', 'then gone': '-', unattended: '-', ...alive },
  deactivated: { drain: '-', 'then gone': '-', unattended: '-', ...alive },
  'too old to drain': {
    drain: 'cannot-drain-capability',
    'then gone': 'cannot-drain-capability',
    unattended: 'cannot-drain-capability',
    ...alive,
  },
  // Somebody else's drain is followed as the first step.
  DRAINING: { drain: 'already-draining', 'then gone': '-', unattended: 'unattended-too-late', ...alive },
  DRAINED: { drain: 'already-draining', 'then gone': '-', unattended: 'unattended-too-late', ...alive },
  'DRAINING, to be marked gone': {
    drain: 'already-draining',
    'then gone': 'gone-by-others',
    unattended: 'unattended-too-late',
    ...alive,
  },
  recovered: {
    drain: notDrainable('unreadable'),
    'then gone': notDrainable('unreadable'),
    unattended: notDrainable('unreadable'),
    ...both(notMarkable('recovered')),
  },
  // A stale order would fire when the repaired machine returns.
  unreachable: {
    drain: '-',
    'then gone': 'unreachable-for-gone',
    unattended: 'unreachable-for-gone',
    ...both('-'),
  },
  'unreachable, DRAINING': {
    drain: 'already-draining',
    'then gone': 'unreachable-for-gone',
    unattended: 'unreachable-for-gone',
    ...both('-'),
  },
  gone: {
    drain: notDrainable('gone'),
    'then gone': notDrainable('gone'),
    unattended: notDrainable('gone'),
    ...both(notMarkable('gone')),
  },
  absent: {
    drain: notDrainable('absent'),
    'then gone': notDrainable('absent'),
    unattended: notDrainable('absent'),
    ...both(notMarkable('absent')),
  },
  unexplained: {
    drain: notDrainable('unreadable'),
    'then gone': notDrainable('unreadable'),
    unattended: notDrainable('unreadable'),
    ...both(notMarkable('unreadable')),
  },
  'not read': {
    drain: notDrainable('unreadable'),
    'then gone': notDrainable('unreadable'),
    unattended: notDrainable('unreadable'),
    ...both(notMarkable('unreadable')),
  },
};

describe('what speaks against an act', () => {
  it.each(
    (Object.keys(looks) as Look[]).flatMap((look) =>
      kinds.map((kind) => [kind, look, table[look][kind]] as const),
    ),
  )('%s of an agent that is %s: %s', (kind, look, objections) => {
    expect(inShort(judge({ act: acts[kind], seen: looks[look] }))).toBe(objections);
  });

  it('is told with the agent’s state as it was seen, and why it can not be read', () => {
    expect(judge({ act: acts['mark gone'], seen: unexplained })).toEqual([
      {
        code: 'not-markable',
        agent: { agentId: known().agentId, hostname: 'agent3.example', state: 'unexplained' },
        why: 'unreadable',
        detail: 'the registry answers 403',
      },
    ]);
    expect(judge({ act: acts['mark gone'], seen: notRead })).toMatchObject([{ detail: 'no master answers' }]);
  });
});
