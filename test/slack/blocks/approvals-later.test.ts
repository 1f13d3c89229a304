import { describe, expect, it } from '@jest/globals';
import type { AgentPrompt } from '../../../src/domain/approval/prompt.ts';
import type { Act } from '../../../src/domain/approval.ts';
import { approvalId, drainId, instant, seconds } from '../../../src/domain/ids.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import * as samples from './approval-examples.ts';
import { examples } from './examples.ts';
import { now, person } from './moments.ts';
import { read } from './read.ts';

const host = 'agent3.example';
const all = examples(host, 3);
const { approver } = samples;
const bob = `<@${approver.userId}>`;
const mara = `<@${person.userId}>`;
const ask = (over: Partial<AgentPrompt> = {}, preview: Preview = all.calm) =>
  read({
    kind: 'prompt',
    prompt: samples.promptExample(host, { reason: 'disk is failing', ...over }),
    preview,
  });

const thenGone: Act = { kind: 'drain-then-gone', maxGrace: seconds(600) };
const unattended: Act = { kind: 'drain-unattended', maxGrace: seconds(600) };
const markGone: Act = { kind: 'mark-gone', now: false };
const _volume = { kind: 'volume' as const, id: 'pg-data', role: 'db', sizeMb: 2048 };
const _reservation = { kind: 'reservation' as const, role: 'db', resource: 'cpus', amount: 4 };
const _known = <T>(value: T) => ({ known: true as const, value });
const _unknown = { known: false as const, why: 'the read was filtered' };
const _marathon = { framework: 'fw-1', name: 'marathon', tasks: 3 };

describe('an approved question', () => {
  const until = instant(now + 25_000);
  const holding = { status: 'holding' as const, by: [approver], until };

  it.each<[Act, number | null, string]>([
    [thenGone, null, '*The first of two calls, a plain drain, leaves at 14:22:30 UTC.*'],
    [
      thenGone,
      17,
      '*From 14:22:30 UTC on the call that marks it gone may leave, as soon as the agent is proven empty.*',
    ],
    [unattended, null, '*The call to drain, with `mark_gone`, leaves at 14:22:30 UTC.*'],
    [markGone, null, '*The call that marks it gone leaves at 14:22:30 UTC.*'],
    [{ kind: 'drain', maxGrace: seconds(0) }, null, '*The call to drain leaves at 14:22:30 UTC.*'],
  ])('tells of %j when it leaves', (act, drain, words) => {
    const text = ask({ act, state: holding, drain: drain === null ? null : drainId(drain) });
    expect(text).toMatch(/^\*Approved, about to leave: /);
    expect(text).toContain(`approved by ${bob}. ${words}`);
    expect(text).toMatch(
      /What stops it until then:\* :white_check_mark: \(`white_check_mark`\) taken back; ❌ .*, 🛑 .* or ⛔ .* of any full member/,
    );
  });

  it('tells while it stands what drops the second call', () => {
    const text = ask({ state: { status: 'standing', by: [approver] }, drain: drainId(17) });
    expect(text).toContain(
      `*Open for votes* until the second call leaves: approved by ${bob}. Drain d17 is under way.`,
    );
    expect(text).toMatch(
      /leaves a plain drain:\* :white_check_mark: .* taken back; ❌ .*; `\/mesos cancel a9`\./,
    );
  });
});

describe('a settled question', () => {
  const settle = (how: Parameters<typeof settled>[0], rest = {}) => ask({ state: settled(how), ...rest });
  function settled(how: ReturnType<typeof samples.settlements>[number], wasStanding = false) {
    return { status: 'settled' as const, how, wasStanding, again: null };
  }

  it('gives every settlement its own words, and says first what it is', () => {
    const said = samples.settlements(host).map((how) => settle(how));
    const lines = said.map((text) => text.split('\n')[1]);
    for (const line of lines) expect(line).toMatch(/^\*Settled:\* \S/);
    // The 'refused' are told apart by what they are refused for.
    expect(new Set(said).size).toBe(said.length);
  });

  it.each<[Parameters<typeof settled>[0], string, string]>([
    [{ how: 'denied', by: approver }, 'Denied', `denied by ${bob}`],
    [{ how: 'withdrawn', by: person }, 'Withdrawn', `withdrawn by ${mara}`],
    [{ how: 'stopped', by: approver }, 'Stopped', `stopped by ${bob}`],
    [{ how: 'expired' }, 'Ran out', 'it ran out before its call could leave'],
    [{ how: 'late', limit: seconds(900) }, 'Approved, but too late', 'could not leave within 15 min'],
    [{ how: 'no-prompt', why: 'deleted' }, 'Void', 'its message was deleted'],
    [{ how: 'no-prompt', why: 'shared' }, 'Void', 'shared with other organisations'],
  ])('says of %j who or what settled it, and that nothing was sent', (how, verdict, by) => {
    const text = settle(how);
    expect(text).toMatch(new RegExp(`^\\*${verdict}: drain agent3`));
    expect(text).toContain(by);
    expect(text).toContain('*Nothing was sent to the master.*');
    expect(text).not.toContain('react to this message');
  });

  it('names the drain that goes on, and where it is asked again', () => {
    const how = { how: 'taken-back' as const, by: approver };
    const text = ask({ state: { ...settled(how, true), again: approvalId(10) }, drain: drainId(17) });
    expect(text).toContain(`${bob} took the approval back`);
    expect(text).toContain('*The second call was not sent,* and is not unless the new question is approved.');
    expect(text).toContain('Drain d17 stays a plain one');
    expect(text).toContain('out of service until `/mesos reactivate agent3.example`');
    expect(text).toContain('*Asked again as a10*, in a new message');
  });

  it('claims no state of an agent that somebody may have reactivated', () => {
    for (const what of ['leader', 'drain-begun-anew'] as const) {
      const how = { how: 'changed' as const, what: [{ what }] };
      expect(ask({ state: settled(how, true), drain: drainId(17) })).not.toContain('stays out of service');
    }
  });

  it.each([
    [{ status: 'calling' as const }, 'marking it gone', 'the call is being sent'],
    [
      { status: 'checking' as const, since: now, why: 'no answer in 30 s', noEffect: null, waiting: null },
      'not known yet whether it was marked gone',
      'no answer in 30 s.\nIt is not sent again.',
    ],
    [
      { status: 'confirming' as const, acceptedAt: now, waiting: null },
      'being marked gone, not proven yet',
      'its registry does not list the agent as gone yet',
    ],
    [
      { status: 'ended' as const, at: now, end: { kind: 'gone' as const, goneAt: now } },
      'gone',
      "*Gone, proven:* the master's registry lists it as gone since 14:22 UTC.",
    ],
    [
      { status: 'ended' as const, at: now, end: { kind: 'not-applied' as const } },
      'not marked gone',
      'the master shows no sign of it',
    ],
    [
      { status: 'ended' as const, at: now, end: { kind: 'lost-sight' as const, forDays: 7 } },
      'not confirmed gone',
      'given up after 7 days',
    ],
  ])('tells what became of its call: %j', (marking, verdict, words) => {
    const text = settle({ how: 'used', by: [approver] }, { act: markGone, marking });
    expect(text.split('\n')[0]).toBe(`*agent3.example (S12): ${verdict}*`);
    expect(text).toContain(words);
    expect(text).toContain(`approved by ${bob}, and used`);
  });
});
