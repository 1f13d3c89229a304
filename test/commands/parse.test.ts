import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/commands/parse.ts';
import type { Command, DrainCommand } from '../../src/domain/command.ts';
import { approvalId, drainId, instant, planId, seconds, userId } from '../../src/domain/ids.ts';

const now = instant(Date.UTC(2026, 10, 22, 12));

function drain(rest: Partial<DrainCommand> = {}): DrainCommand {
  return {
    verb: 'drain',
    targets: { names: [{ typed: 'agent3' }] },
    maxGrace: null,
    markGone: false,
    unattended: false,
    reason: null,
    dryRun: false,
    overrideFreeze: false,
    ...rest,
  };
}
const gone = drain({ markGone: true });
const reasoned = drain({ reason: 'kernel upgrade' });
const none = { where: [], hosts: [] };
const agents = { verb: 'agents' as const, state: null, selection: none, after: null };
const where = (attribute: string, values: string[], is = true) => ({ attribute, is, values });
const named = (...names: string[]) => ({ names: names.map((typed) => ({ typed })) });
const r12 = where('rack', ['r12']);
const audit = {
  verb: 'audit',
  about: null,
  agent: null,
  by: null,
  command: null,
  since: null,
  until: null,
  before: null,
  after: null,
  exportAs: null,
} as const;
const about = (typed: string) => ({ verb: 'status', about: { target: { typed } } }) as const;
const d17 = drainId(17);

describe('parseCommand', () => {
  it.each<[string, Command]>([
    ['', { verb: 'help', topic: null }],
    [' \u00A0 ', { verb: 'help', topic: null }],
    ['help', { verb: 'help', topic: null }],
    ['?', { verb: 'help', topic: null }],
    ['--help', { verb: 'help', topic: null }],
    ['help drain', { verb: 'help', topic: 'drain' }],
    ['help Mark_Gone', { verb: 'help', topic: 'mark-gone' }],
    ['drain --help', { verb: 'help', topic: 'drain' }],
    ['drain agent3 -h', { verb: 'help', topic: 'drain' }],
    ['whoami', { verb: 'whoami' }],
    ['WhoAmI', { verb: 'whoami' }],
    ['agents', agents],
    ['agents --state DRAINING', { ...agents, state: 'draining' }],
    ['agents --attribute rack=r12', { ...agents, selection: { ...none, where: [r12] } }],
    ['agents --attribute=rack=a=b', { ...agents, selection: { ...none, where: [where('rack', ['a=b'])] } }],
    [
      'agents rack!=r12,r13 --attr "zone=eu west"',
      {
        ...agents,
        selection: { ...none, where: [where('rack', ['r12', 'r13'], false), where('zone', ['eu west'])] },
      },
    ],
    [
      "agents --host agent*.r12.example --hostname 'db-?,web-*'",
      { ...agents, selection: { ...none, hosts: ['agent*.r12.example', 'db-?', 'web-*'] } },
    ],
    ['agents --after S4', { ...agents, after: 'S4' }],
    ['status', { verb: 'status', about: null }],
    ['status d17', { verb: 'status', about: { drain: d17 } }],
    ['status D17', { verb: 'status', about: { drain: d17 } }],
    ['status agent3', about('agent3')],
    ['status S4', about('S4')],
    ['status 10.0.0.7', about('10.0.0.7')],
    ['status fd00::7', about('fd00::7')],
    ['preview agent3', { verb: 'preview', targets: named('agent3'), maxGrace: null, markGone: false }],
    [
      'preview agent3 --mark-gone',
      { verb: 'preview', targets: named('agent3'), maxGrace: null, markGone: true },
    ],
    [
      'preview agent3 --max-grace 90s',
      { verb: 'preview', targets: named('agent3'), maxGrace: seconds(90), markGone: false },
    ],
    ['status a9', { verb: 'status', about: { approval: approvalId(9) } }],
    ['status P3', { verb: 'status', about: { plan: planId(3) } }],
    ['cancel p3', { verb: 'cancel', work: { plan: planId(3) } }],
    ['confirm p3', { verb: 'confirm', plan: planId(3) }],
    ['pause p3', { verb: 'pause', plan: planId(3) }],
    ['Resume P3', { verb: 'resume', plan: planId(3) }],
    ['audit p3', { ...audit, about: { plan: planId(3) } }],
    ['cancel d17', { verb: 'cancel', work: { drain: d17 } }],
    ['Cancel A9', { verb: 'cancel', work: { approval: approvalId(9) } }],
    [
      'hasten d17 --max-grace-period 1m',
      { verb: 'hasten', drain: d17, maxGrace: seconds(60), insteadOf: null },
    ],
    [
      'hasten D17 —max-grace-period 60s --instead-of 600s',
      { verb: 'hasten', drain: d17, maxGrace: seconds(60), insteadOf: seconds(600) },
    ],
    ['close D17 --reason done by hand', { verb: 'close', drain: d17, reason: 'done by hand' }],
    [
      'mark-gone agent3 --reason dead',
      { verb: 'mark-gone', target: { typed: 'agent3' }, now: false, reason: 'dead', overrideFreeze: false },
    ],
    [
      'mark_gone agent3 --now --reason "it’s dead"',
      {
        verb: 'mark-gone',
        target: { typed: 'agent3' },
        now: true,
        reason: 'it’s dead',
        overrideFreeze: false,
      },
    ],
    [
      'Mark–Gone agent3 --reason dead',
      { verb: 'mark-gone', target: { typed: 'agent3' }, now: false, reason: 'dead', overrideFreeze: false },
    ],
    ['audit', audit],
    ['audit --agent S4', { ...audit, agent: 'S4' }],
    ['audit --by <@U0123ABCD|bo>', { ...audit, by: userId('U0123ABCD') }],
    ['audit --by U0123ABCD', { ...audit, by: userId('U0123ABCD') }],
    ['audit --since 7d', { ...audit, since: { ago: seconds(604_800) } }],
    ['audit --since 90m', { ...audit, since: { ago: seconds(5_400) } }],
    ['audit --since 2026-11-22', { ...audit, since: { at: instant(Date.UTC(2026, 10, 22)) } }],
    ['audit --since 2026-11-22T10:30', { ...audit, since: { at: instant(Date.UTC(2026, 10, 22, 10, 30)) } }],
    [
      'audit --since 2026-11-22T10:30:15.5Z',
      { ...audit, since: { at: instant(Date.UTC(2026, 10, 22, 10, 30, 15, 500)) } },
    ],
    [
      'audit --agent agent3 --by <@U0123ABCD> --since 2h',
      { ...audit, agent: 'agent3', by: userId('U0123ABCD'), since: { ago: seconds(7_200) } },
    ],
    [
      'audit --command Mark_Gone --until 90m',
      { ...audit, command: 'mark-gone', until: { ago: seconds(5_400) } },
    ],
    ['audit --until 2026-11-22', { ...audit, until: { at: instant(Date.UTC(2026, 10, 23)) } }],
    ['audit --until 2026-11-22T10:30', { ...audit, until: { at: instant(Date.UTC(2026, 10, 22, 10, 30)) } }],
    [
      'audit --since 2026-11-22 --until 2026-11-22',
      {
        ...audit,
        since: { at: instant(Date.UTC(2026, 10, 22)) },
        until: { at: instant(Date.UTC(2026, 10, 23)) },
      },
    ],
    ['audit Who agent3', { ...audit, about: { who: { typed: 'agent3' } } }],
    ['audit who who', { ...audit, about: { who: { typed: 'who' } } }],
    [
      'audit who agent3 --since 2h',
      { ...audit, about: { who: { typed: 'agent3' } }, since: { ago: seconds(7_200) } },
    ],
    ['audit D17 --after 40', { ...audit, about: { drain: drainId(17) }, after: 40 }],
    ['audit Anchor', { ...audit, about: { anchor: 'now' } }],
    ['audit a9', { ...audit, about: { approval: approvalId(9) } }],
    ['audit --before #1234', { ...audit, before: 1234 }],
    ['audit --export csv', { ...audit, exportAs: 'csv' }],
    ['audit --agent agent3 —format “JSONL”', { ...audit, agent: 'agent3', exportAs: 'jsonl' }],
  ])('understands “%s”', (text, command) => {
    expect(parseCommand(text, { now })).toEqual({ ok: true, value: { command, cluster: null } });
  });

  it.each<[string, DrainCommand]>([
    ['drain agent3', drain()],
    ['DRAIN agent3', drain()],
    ['Drain\u00A0agent3', drain()],
    ['drain `agent3`', drain()],
    ['drain “agent3”', drain()],
    ['drain <http://agent3.example|agent3.example>', drain({ targets: named('agent3.example') })],
    ['drain <http://agent3.example>', drain({ targets: named('agent3.example') })],
    ['drain <http://agent3.example/>', drain({ targets: named('agent3.example') })],
    ['drain agent3 --mark-gone', gone],
    ['drain agent3 —mark-gone', gone],
    ['drain agent3 –mark-gone', gone],
    ['drain agent3 ―mark-gone', gone],
    ['drain agent3 −mark-gone', gone],
    ['drain agent3 -mark-gone', gone],
    ['drain agent3 --mark_gone', gone],
    ['drain agent3 —Mark_Gone', gone],
    ['drain agent3 `--mark-gone`', gone],
    ['`drain agent3 —mark-gone`', gone],
    ['drain --mark-gone agent3', gone],
    ['drain agent3 agent4 agent3', drain({ targets: named('agent3', 'agent4') })],
    ['drain agent3, agent4,agent5', drain({ targets: named('agent3', 'agent4', 'agent5') })],
    ['drain “rack=r12” —host `db-*`', drain({ targets: { where: [r12], hosts: ['db-*'] } })],
    ['drain --host=‘db-*’', drain({ targets: { where: [], hosts: ['db-*'] } })],
    ['drain "reason"', drain({ targets: named('reason') })],
    ['drain agent3 --mark-gone --unattended', drain({ markGone: true, unattended: true })],
    ['drain agent3 --dry-run', drain({ dryRun: true })],
    ['drain agent3 --max-grace-period 10m', drain({ maxGrace: seconds(600) })],
    ['drain agent3 --max-grace-period=10m', drain({ maxGrace: seconds(600) })],
    ['drain agent3 —max_grace_period 10mins', drain({ maxGrace: seconds(600) })],
    ['drain agent3 --grace `1h30m`', drain({ maxGrace: seconds(5_400) })],
    ['drain agent3 --max-grace-period "1h 30m"', drain({ maxGrace: seconds(5_400) })],
    ['drain agent3 --max-grace-period 0s', drain({ maxGrace: seconds(0) })],
    ['drain agent3 --reason "kernel upgrade"', reasoned],
    ['drain agent3 --reason “kernel upgrade”', reasoned],
    ['drain agent3 --reason=‘kernel upgrade’', reasoned],
    ['drain agent3 --reason kernel upgrade', reasoned],
    ['drain agent3 --reason=kernel upgrade', reasoned],
    ['drain agent3 --reason kernel\u00A0upgrade ', reasoned],
    ['drain --reason "kernel upgrade" agent3', reasoned],
    ['drain agent3 --reason kernel upgrade --dry-run', drain({ reason: 'kernel upgrade', dryRun: true })],
    ['drain agent3 --reason kernel upgrade —mark-gone', drain({ reason: 'kernel upgrade', markGone: true })],
    ['drain agent3 --reason upgrade - see OPS-1', drain({ reason: 'upgrade - see OPS-1' })],
    ['drain agent3 --reason "a —mark-gone b"', drain({ reason: 'a —mark-gone b' })],
    ['drain agent3 --reason node’s disk', drain({ reason: 'node’s disk' })],
    ['drain agent3 --for 2h', drain({ outFor: seconds(7_200) })],
    ['drain agent3 --reason for <@U0123ABCD|bo> &amp; co', drain({ reason: 'for @bo & co' })],
    ['drain agent3 --reason see <https://t.example/1>', drain({ reason: 'see https://t.example/1' })],
    [
      'drain agent3 --max-grace-period 10m --reason "kernel upgrade"',
      drain({ maxGrace: seconds(600), reason: 'kernel upgrade' }),
    ],
  ])('understands, as phones type it, “%s”', (text, command) => {
    expect(parseCommand(text, { now })).toEqual({ ok: true, value: { command, cluster: null } });
  });

  it.each([
    ['drain agent3 --cluster east', 'east'],
    ['drain --cluster=East.1 agent3', 'East.1'],
    ['--cluster east drain agent3', 'east'],
    ['--cluster=east drain agent3', 'east'],
    ['—cluster “east” drain agent3', 'east'],
  ])('understands a cluster anywhere in “%s”', (text, cluster) => {
    expect(parseCommand(text, { now })).toEqual({ ok: true, value: { command: drain(), cluster } });
  });

  it('ends an unquoted reason where a cluster is named', () => {
    expect(parseCommand('drain agent3 --reason kernel upgrade --cluster east', { now })).toEqual({
      ok: true,
      value: { command: reasoned, cluster: 'east' },
    });
  });

  it('takes a reason of 500 characters, an emoji being one', () => {
    const reason = '🔥'.repeat(500);
    expect(parseCommand(`drain agent3 --reason "${reason}"`, { now })).toEqual({
      ok: true,
      value: { command: drain({ reason }), cluster: null },
    });
  });
});
