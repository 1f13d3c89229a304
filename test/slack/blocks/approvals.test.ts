import { describe, expect, it } from '@jest/globals';
import type { AgentPrompt } from '../../../src/domain/approval/prompt.ts';
import type { Act } from '../../../src/domain/approval.ts';
import { approvalId, drainId, seconds } from '../../../src/domain/ids.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import * as samples from './approval-examples.ts';
import { examples } from './examples.ts';
import { person } from './moments.ts';
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
const volume = { kind: 'volume' as const, id: 'pg-data', role: 'db', sizeMb: 2048 };
const reservation = { kind: 'reservation' as const, role: 'db', resource: 'cpus', amount: 4 };
const known = <T>(value: T) => ({ known: true as const, value });
const unknown = { known: false as const, why: 'the read was filtered' };
const marathon = { framework: 'fw-1', name: 'marathon', tasks: 3 };

describe('a question', () => {
  it.each<[string, Act, number | null]>([
    ['*Approve? Drain agent3.example (S12), then mark it gone*', thenGone, null],
    ['*Approve? Mark agent3.example (S12) gone, once proven empty*', thenGone, 17],
    ['*Approve? Drain agent3.example (S12); the master marks it gone*', unattended, null],
    ['*Approve? Mark agent3.example (S12) gone*', markGone, null],
    ['*Approve? Mark agent3.example (S12) gone now*', { kind: 'mark-gone', now: true }, null],
    [
      '*Approve? Drain agent3.example (S12) with 0 s of grace*',
      { kind: 'drain', maxGrace: seconds(0) },
      null,
    ],
  ])('begins with %s', (verdict, act, drain) => {
    expect(ask({ act, drain: drain === null ? null : drainId(drain) }).split('\n')[0]).toBe(verdict);
  });

  it('names who asks and why, and its particulars', () => {
    const text = ask({ follows: approvalId(8) });
    expect(text).toContain(`Asked by ${mara}: disk is failing`);
    expect(text).toContain('Question a9 on prod · asks a8 again · asked 14:20 UTC');
    expect(text).toContain('Agent ID: `3669f2a1-b0f5-4f5e-9c8a-000000000000-S12`');
  });

  it('tells how to vote, until when, and whose vote does not count', () => {
    const text = ask({ needed: 2 });
    expect(text).toContain('*Open for votes* until 14:32 UTC: nobody has approved yet, 2 approvals needed.');
    expect(text).toContain(':white_check_mark: (`white_check_mark`) approves · ❌ (`x`) denies');
    expect(text).toContain('🛑 (`octagonal_sign`) or ⛔ (`no_entry`) objects');
    expect(text).toContain(`Only an approver's approval counts, never ${mara}'s own; 👍 is no vote.`);
    expect(text).toContain('`/mesos cancel a9`');
  });

  it('shows the one emoji that approves by its configured name', () => {
    expect(ask({ approving: 'ship-it' })).toContain(':ship-it: (`ship-it`) approves');
    expect(ask({ approving: 'not an emoji' })).toContain('`not an emoji` approves');
  });

  it('tells who has approved so far, and who objects', () => {
    const text = ask({
      needed: 2,
      state: { status: 'open', by: [approver], objections: [person], missing: { votes: 1, oneOf: null } },
    });
    expect(text).toContain(`approved by ${bob}, 1 of 2 needed.`);
    expect(text).toContain(`*${mara} objects:* nothing leaves while that stands.`);
  });

  it.each<[string, Act, RegExp]>([
    [
      'two calls',
      thenGone,
      /two calls\. First a plain drain, max grace period 10 min\. Once the agent is proven empty/,
    ],
    ['unattended', unattended, /one call, .* marks the agent gone by itself .* even if the bot is away/],
    ['a dead machine', markGone, /one call, MARK_AGENT_GONE, meant for machines that are dead/],
    [
      'a short grace',
      { kind: 'drain', maxGrace: seconds(3) },
      /max grace period 3 s: tasks are killed almost at once/,
    ],
  ])('tells how it is done: %s', (_, act, how) => expect(ask({ act })).toMatch(how));

  it('says honestly when emptiness will be the master’s word alone', () => {
    const preview = { ...all.calm, agentNotAsked: 'connection refused' };
    const text = ask({ masterWordOnly: true }, preview);
    expect(text).toContain(
      "can't be asked (connection refused). That it is empty will be the master's word alone",
    );
    expect(text.match(/connection refused/g)).toHaveLength(1);
    expect(ask({}, preview)).toContain('could not be asked about its work: connection refused.');
    expect(ask()).not.toContain("master's word alone");
  });

  it('asks of a dead machine whether it is powered off, and says as of when it is shown', () => {
    const dead = { alive: false, held: known([]), tasks: known([marathon]) };
    const text = ask({ act: markGone, loss: dead }, samples.awayOf(all.calm));
    expect(text).toContain('*as last seen at 14:20 UTC:* the agent is away');
    expect(text).toContain('*Is it powered off?* Else its tasks run twice');
    expect(text).not.toContain('the drain begins');
    expect(ask({ act: markGone, loss: { ...dead, alive: true } })).toContain('*It is alive:*');
  });

  it.each<[string, Act]>([
    ['drain, then mark gone', thenGone],
    ['unattended', unattended],
    ['mark gone', markGone],
  ])('says what breaks beyond the agent, and not of its own drain that it is in the way: %s', (_, act) => {
    const names = [{ name: 'cron', here: 1, elsewhere: 0 }];
    const own = { what: 'drain' as const, drain: drainId(17), way: 'drain' as const };
    const beyond: Preview['beyond'] = {
      spread: [{ framework: 'f', name: 'chronos', thin: known({ told: 'names' as const, names }) }],
      room: null,
      work: [
        {
          work: own,
          agentId: samples.promptExample(host).agentId,
          hostname: host,
          sameAgent: true,
          rack: null,
          frameworks: [],
          permalink: null,
        },
      ],
    };
    const drain = act.kind === 'mark-gone' ? null : drainId(17);
    const text = ask({ act, drain }, { ...all.calm, openDrain: drain, beyond });
    expect(text).toContain('Of chronos, this ends the only running instance of `cron`.');
    expect(text.includes('Drain d17 of this agent is open.')).toBe(drain === null);
    if (drain !== null) expect(text).toContain('*the only instance of `cron` runs here*');
  });

  it('warns before an unattended drain of tasks that may lose their grace', () => {
    expect(ask({ act: unattended })).toContain('gone after 0.2 s of a 10 s grace');
    expect(ask({ act: thenGone })).not.toContain('0.2 s');
  });

  it('goes on from its own drain without warning of it', () => {
    const preview = { ...all.calm, openDrain: drainId(17) };
    expect(ask({ drain: drainId(17) }, preview)).not.toContain('is open on this agent');
    expect(ask({ drain: drainId(17) }, preview)).toContain(
      'drain d17 has begun, and goes on as a plain drain',
    );
    expect(ask({}, preview)).toContain('Drain d17 is open on this agent already.');
  });
});

describe('the loss', () => {
  const alive = true;
  it.each<[AgentPrompt['loss'], Act, string]>([
    [
      { alive, held: known([volume]), tasks: null },
      thenGone,
      '*Lost for good:* persistent volume `pg-data` of 2 GB (role db).',
    ],
    [
      { alive, held: known([volume, reservation]), tasks: null },
      thenGone,
      '*Lost for good:* *1 persistent volume and 1 reservation.*\n• persistent volume `pg-data` of 2 GB (role db)\n• reservation of 4 CPUs (role db)',
    ],
    [
      { alive, held: known([]), tasks: null },
      thenGone,
      '*Lost for good:* nothing: no volume, no reservation.',
    ],
    [
      { alive, held: unknown, tasks: null },
      thenGone,
      '*Lost for good:* *not known.*\n*Not known,* and so perhaps lost too: its volumes and reservations (the read was filtered).',
    ],
    [
      { alive, held: known([volume]), tasks: known([marathon, { framework: 'fw-2', name: null, tasks: 1 }]) },
      unattended,
      '*Lost for good:* *1 persistent volume and 4 running tasks.*\n• persistent volume `pg-data` of 2 GB (role db)\n• 3 tasks of marathon\n• 1 task of `fw-2` (name not known)',
    ],
    [{ alive, held: known([]), tasks: known([]) }, markGone, 'nothing: no volume, no reservation, no task.'],
    [
      { alive, held: known([]), tasks: unknown },
      markGone,
      'no volume, no reservation; its tasks are *not known.*\n*Not known,* and so perhaps lost too: its running tasks (the read was filtered).',
    ],
    [
      { alive, held: unknown, tasks: known([marathon]) },
      markGone,
      '*Lost for good:* 3 tasks of marathon.\n*Not known,*',
    ],
    [
      { alive, held: known([volume]), tasks: null },
      { kind: 'drain', maxGrace: seconds(0) },
      '*Lost for good:* nothing: volumes and reservations stay.',
    ],
  ])('%j by %j reads as it is', (loss, act, words) => expect(ask({ loss, act })).toContain(words));

  it('never calls "nothing" what is not known', () => {
    for (const loss of samples.losses(host, 3))
      if (!loss.held.known || loss.tasks?.known === false)
        expect(ask({ loss, act: markGone })).not.toMatch(/Lost for good:\* nothing/);
  });

  it('tells how much of a long list is not shown', () => {
    const held = known(Array.from({ length: 300 }, (_, at) => ({ ...volume, id: `volume-${at}` })));
    const text = ask({ loss: { alive, held, tasks: null } });
    const left = Number(/…and (\d+) more/.exec(text)?.[1]);
    expect(text).toContain('*300 persistent volumes.*');
    expect(left + (text.match(/`volume-/g) ?? []).length).toBe(300);
  });
});
