import { describe, expect, it } from '@jest/globals';
import { type GateAnswer, judgeGate } from '../../../src/domain/rolling/gate.ts';

const answered = (status: number, body: string, whole = true): GateAnswer => ({
  kind: 'answered',
  ...{ status, body, whole },
});

describe('a gate', () => {
  it.each([
    ['says so', 200, '{"ok": true}'],
    ['says so, and more', 200, '{"ok":true,"alerts":[]}'],
    ['says so with another success, and a line end', 203, ' {"ok": true}\n'],
  ])('is open where it %s', (_, status, body) => {
    expect(judgeGate(answered(status, body))).toEqual({ open: true });
  });

  it.each<[string, GateAnswer, string]>([
    ['says no', answered(200, '{"ok": false, "why": "2 alerts"}'), 'says no: 2 alerts'],
    ['says yes in a text', answered(200, '{"ok": "true"}'), 'does not say "ok": true: {"ok": "true"}'],
    ['says one for yes', answered(200, '{"ok": 1}'), 'does not say "ok": true: {"ok": 1}'],
    [
      'says it further in',
      answered(200, '{"a": {"ok": true}}'),
      'does not say "ok": true: {"a": {"ok": true}}',
    ],
    ['says it in a list', answered(200, '[{"ok": true}]'), 'answers 200, but no JSON object: [{"ok": true}]'],
    ['says true alone', answered(200, 'true'), 'answers 200, but no JSON object: true'],
    [
      'shows a page',
      answered(200, '<html>\n OK</html>'),
      'answers 200, but no JSON object: <html> OK</html>',
    ],
    ['says nothing', answered(204, ''), 'answers 204, but no JSON object, and says nothing'],
    ['has an error, whatever it says', answered(503, '{"ok": true}'), 'answers 503: {"ok": true}'],
    [
      'leads elsewhere',
      answered(302, '{"ok": true}'),
      'answers 302, a redirect, which is not followed: it must be asked at its own address',
    ],
    ['says too much', answered(200, '{"ok": true}', false), 'answers more than a gate has to say'],
    [
      'does not answer',
      { kind: 'no-answer', why: 'does not answer within 10 s' },
      'does not answer within 10 s',
    ],
  ])('is closed where it %s', (_, answer, why) => {
    expect(judgeGate(answer)).toEqual({ open: false, why });
  });

  it('shows the beginning of a long answer', () => {
    const verdict = judgeGate(answered(500, 'é'.repeat(300)));
    expect(verdict).toEqual({ open: false, why: `answers 500: ${'é'.repeat(200)}…` });
  });
});
