import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from '../../../src/domain/audit/without-secrets.ts';
import type { AuditDraft } from '../../../src/domain/audit.ts';
import { redacted, redactText } from '../../../src/redact.ts';
import { alice, noon } from '../../support/samples.ts';

const password = 'agent-secret';
const planted = [
  password,
  'xoxb-1-planted',
  'https://hooks.slack.com/commands/T1/planted',
  'Bearer planted-99',
  'token=planted',
  'http://mesos:planted@master.example:5050/api/v1',
];
const clean = (text: string) => redactText(text, [password]);

const draft: AuditDraft = {
  at: noon,
  event: 'call.rejected',
  actor: { kind: 'person', person: { ...alice, name: password } },
  correlation: password,
  cluster: password,
  agent: { id: password, hostname: password },
};

describe('an entry without secrets', () => {
  it.each(planted)('keeps none of what people and machines let slip: %s', (secret) => {
    const text = `they wrote "${secret}"\nand more`;
    const entry = withoutSecrets(
      {
        ...draft,
        command: { typed: text, parsed: { reason: text } },
        reason: text,
        request: { call: 'DRAIN_AGENT', body: text, url: text },
        response: { status: 403, body: text, bodySha256: 'f'.repeat(64), bodyBytes: 3 },
        decision: text,
        outcome: text,
        facts: { why: text, checked: [{ why: text }] },
      },
      clean,
    );
    const { command, reason, request, response, decision, outcome, facts } = entry;
    const words = JSON.stringify({ command, reason, request, response, decision, outcome, facts });
    expect(words).not.toContain('planted');
    expect(words).not.toContain(password);
    expect(words.split(redacted)).toHaveLength(11);
    expect(reason).toMatch(/^they wrote "(?:.*)\[redacted\](?:.*)"\nand more$/);
  });

  it('keeps names and ids, even where a password is one of them', () => {
    expect(withoutSecrets(draft, clean)).toEqual(draft);
  });

  it('keeps words without secrets to the letter', () => {
    const plain = { ...draft, reason: 'a "disk"\n\u2028died \\ at last', facts: { left: 3, why: null } };
    expect(withoutSecrets(plain, clean)).toEqual(plain);
  });
});
