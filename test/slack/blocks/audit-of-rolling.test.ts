import { expect, it } from '@jest/globals';
import type { AuditEntry } from '../../../src/domain/audit.ts';
import { eventWords } from '../../../src/slack/blocks/answers/audit-events.ts';

it.each<[string, Pick<AuditEntry, 'event' | 'outcome' | 'facts'>]>([
  [
    'the bot began wave 2 (agent3.example and agent4.example) of the plan',
    {
      event: 'plan.wave-begun',
      facts: { wave: 2, agents: [{ hostname: 'agent3.example' }, { hostname: 'agent4.example' }] },
    },
  ],
  [
    'the bot halted the plan: line failed (agent3.example)',
    { event: 'plan.halted', outcome: 'line-failed', facts: { hostname: 'agent3.example' } },
  ],
  [
    'the bot halted the plan: gate (answers 503)',
    { event: 'plan.halted', outcome: 'gate', facts: { why: 'answers 503' } },
  ],
])('the log says in words: %s', (words, told) => {
  const entry: AuditEntry = {
    v: 1,
    seq: 1,
    at: '2026-11-22T14:22:05.000Z',
    actor: { kind: 'bot' },
    correlation: 'c',
    ...told,
  };
  expect(eventWords(entry)).toBe(words);
});
