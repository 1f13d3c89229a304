import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/commands/parse.ts';
import { instant } from '../../src/domain/ids.ts';
import type { Problem } from '../../src/domain/refusal.ts';

const now = instant(Date.UTC(2026, 10, 22, 12));

function problemsOf(text: string): Problem[] {
  const result = parseCommand(text, { now });
  if (result.ok) throw new Error(`parsed to ${JSON.stringify(result.value)}`);
  if (result.refusal.code !== 'bad-command') throw new Error(`refused with ${result.refusal.code}`);
  return result.refusal.problems;
}

/** The text that a problem points at, and a piece of what it says. */
type Row = [text: string, where: string, what: string, nearest?: string];

describe('parseCommand refuses', () => {
  const rows: Row[] = [
    ['drian agent3', 'drian', 'no such command', 'drain'],
    ['stat', 'stat', 'no such command', 'status'],
    ['frobnicate agent3', 'frobnicate', 'no such command'],
    ['deactivate agent3 --mark-gone', '--mark-gone', 'has no flag'],
    ['Maintenance cleer agent3', 'cleer', '`maintenance` has no such command', 'maintenance clear'],
    ['maintenance agent3', 'agent3', 'no such command'],
    ['maintenance --reason x', '--reason x'.slice(0, 8), 'comes before its flags'],
    ['maintenance clear --hostname a9.example', '--hostname', 'needs --ip beside it'],
    ['maintenance clear --ip 10.0.0.9', '--ip', 'needs --hostname beside it'],
    ['maintenance clear agent3 --hostname a9 --ip 10.0.0.9', 'agent3', 'leave one out'],
    ['maintenance clear --hostname a9 --ip 10.0.0.256', '10.0.0.256', 'not an IPv4 address'],
    ['maintenance clear', '', 'needs a TARGET, or --hostname with --ip'],
    ['maintenance schedule agent3 --start tomorrow --for 1h', 'tomorrow --for'.slice(0, 8), 'no moment'],
    ['drain agent3 --at 24:00', '24:00', 'no moment that lies ahead'],
    ['drain agent3 --at 22', '22', 'no moment that lies ahead'],
    ['drain agent3 --at 2027-02-29T10:00', '2027-02-29T10:00', 'no moment that lies ahead'],
    ['drain agent3 --at 22:00+25:00', '22:00+25:00', 'no moment that lies ahead'],
    ['drain agent3 --in 120', '120', 'has no unit', '120m'],
    ['drain agent3 --at 22:00 --in 2h', '--in', 'one hour is enough'],
    ['drain agent3 --in 2h --dry-run', '--in', 'nobody knows the hour'],
    ['drain agent3 in 2h', 'in', 'two dashes', '--in'],
    ['maintenance start agent3', '', 'needs --reason TEXT'],
    ['maintenance start agent3 --grace 1m --reason x', '--grace', 'needs --drain-first beside it'],
    ['<@U0123ABCD> drain', '<@U0123ABCD>', 'no such command'],
    ['--mark-gone drain agent3', '--mark-gone', 'a command comes first'],
    ['help drian', 'drian', 'not a command', 'drain'],
    ['help drain close', 'close', 'only one COMMAND'],
    ['whoami agent3', 'agent3', 'takes no such word'],
    ['agents state', 'state', 'a flag begins with two dashes', '--state'],
    ['agents agent3', 'agent3', 'not NAME=VALUE'],
    ['agents --state dranied', 'dranied', 'not a state', 'drained'],
    ['agents --attribute rack', 'rack', 'NAME=VALUE'],
    ['agents --attribute rack="r12"', 'rack="r12"', 'around all of it'],
    ['agents --attribute rack=', 'rack=', 'NAME=VALUE'],
    ['agents --host a/b', 'a/b', 'hostname pattern'],
    ['drain', '', 'needs a TARGET'],
    ['drain rack=', 'rack=', 'NAME=VALUE'],
    ['drain rack=,', 'rack=,', 'NAME=VALUE'],
    ['drain rack=r12,zone=z1', 'rack=r12,zone=z1', 'a space between two selectors', 'rack=r12 zone=z1'],
    ['drain agent3 rack=r12', 'rack=r12', 'read in two ways'],
    ['drain agent3 --host db-*', '--host', 'read in two ways'],
    ['drain ,', ',', 'can’t be the name of an agent'],
    ['mark-gone rack=r12 --reason x', 'rack=r12', 'selects agents'],
    ['mark-gone agent3 agent4 --reason x', 'agent4', 'only one TARGET'],
    ['drain agent3—mark-gone', 'agent3—mark-gone', 'can’t be the name of an agent'],
    ['drain agent\u200D3', 'agent\u200D3', 'can’t be the name of an agent'],
    ['drain "--mark-gone"', '"--mark-gone"', 'can’t be the name of an agent'],
    ['drain <@U0123ABCD|bo>', '<@U0123ABCD|bo>', 'is a person'],
    ['drain agent3 mark-gone', 'mark-gone', 'a flag begins with two dashes', '--mark-gone'],
    ['drain agent3 --mark-gnoe', '--mark-gnoe', 'no flag --mark-gnoe', '--mark-gone'],
    ['drain agent3 —markgone', '—markgone', 'no flag --markgone', '--mark-gone'],
    ['drain agent3 --force', '--force', 'no flag --force'],
    ['drain agent3 --\u200Dmark-gone', '--\u200Dmark-gone', 'no flag', '--mark-gone'],
    ['drain agent3 --cluster', '--cluster', 'needs NAME'],
    ['drain agent3 --clutser east', '--clutser', 'no flag --clutser', '--cluster'],
    ['status --cluster ea$t', 'ea$t', 'can’t be the name of a cluster'],
    ['drain agent3 --cluster a --cluster b', '--cluster', 'there twice'],
    ['drain agent3 --mark-gone=yes', '--mark-gone=yes', 'takes no value'],
    ['drain agent3 --dry-run --dry_run', '--dry_run', 'there twice'],
    ['drain agent3 --grace 1m --max-grace-period 2m', '--max-grace-period', 'there twice'],
    ['drain agent3 --unattended', '--unattended', 'needs --mark-gone'],
    ['drain agent3 --for 59s', '--for', 'from 1m to 90d'],
    ['deactivate agent3 --for 91d', '--for', 'from 1m to 90d'],
    ['drain agent3 --for 2h --mark-gone', '--for', 'what is marked gone does not come back'],
    ['drain agent3 --max-grace-period', '--max-grace-period', 'needs DUR'],
    ['drain agent3 --max-grace-period --dry-run', '--max-grace-period', 'needs DUR'],
    ['drain agent3 --max-grace-period=', '--max-grace-period=', 'needs DUR'],
    ['drain agent3 --max-grace-period 10', '10', 'did you mean 10m or 10s?', '10m'],
    ['drain agent3 --max-grace-period 1.5h', '1.5h', 'fraction'],
    ['drain agent3 --max-grace-period 0,5h', '0,5h', 'fraction'],
    ['drain agent3 --max-grace-period -5m', '-5m', 'not a duration'],
    ['drain agent3 --max-grace-period 500ms', '500ms', 'not a duration'],
    ['drain agent3 --max-grace-period 9223372037s', '9223372037s', 'not a duration'],
    ['drain agent3 --reason', '--reason', 'needs TEXT'],
    ['drain agent3 --reason ""', '""', 'empty'],
    ['drain agent3 --reason "\u0007"', '"\u0007"', 'control characters'],
    ['drain agent3 --reason "\u202Egnp.exe"', '"\u202Egnp.exe"', 'control characters'],
    ['drain agent3 --reason "\uD800"', '"\uD800"', 'control characters'],
    ['drain agent3 --reason "kernel', '"', 'never closed'],
    ['drain agent3 --reason fix — mark-gone', 'fix — mark-gone', 'is --mark-gone in here a flag?'],
    ['drain agent3 --reason fix—mark-gone', 'fix—mark-gone', 'is --mark-gone in here a flag?'],
    ['drain agent3 --reason fix--mark_gone', 'fix--mark_gone', 'is --mark-gone in here a flag?'],
    ['drain --reason kernel agent3', '', 'needs a TARGET; --reason took all words after it'],
    ['mark-gone agent3', '', 'needs --reason TEXT'],
    ['close d17', '', 'needs --reason TEXT'],
    ['close --reason done', '', 'needs a DRAIN'],
    ['cancel', '', 'needs a DRAIN | APPROVAL | PLAN'],
    ['confirm a9', 'a9', 'is not a plan'],
    ['confirm p0', 'p0', 'is not a plan'],
    ['cancel 17', '17', 'neither a drain nor an approval nor a plan', 'd17'],
    ['cancel agent3', 'agent3', 'neither a drain nor an approval nor a plan'],
    ['cancel d0', 'd0', 'neither a drain nor an approval nor a plan'],
    ['cancel a0', 'a0', 'neither a drain nor an approval nor a plan'],
    ['cancel d17 d18', 'd18', 'only one DRAIN'],
    ['close a9 --reason x', 'a9', 'is an approval'],
    ['status d9999999999999999', 'd9999999999999999', 'neither a drain nor an approval nor a plan'],
    ['audit --by @bo', '@bo', 'pick the person'],
    ['audit --by agent3', 'agent3', 'pick the person'],
    ['audit --since yesterday', 'yesterday', 'neither'],
    ['audit --since 2026-02-30', '2026-02-30', 'neither'],
    ['audit --since 2026-11-22T24:00', '2026-11-22T24:00', 'neither'],
    ['audit --since 2026-11-22T10:00+02:00', '2026-11-22T10:00+02:00', 'neither'],
    ['audit --since 2026-11-23', '2026-11-23', 'in the future'],
    ['audit agent3', 'agent3', 'neither a drain nor an approval nor a plan', 'who agent3'],
    ['audit 17', '17', 'neither a drain nor an approval nor a plan', 'd17'],
    ['audit d17 d18', 'd18', 'takes only one who TARGET | DRAIN | APPROVAL | PLAN'],
    ['audit who', 'who', 'needs a TARGET after it'],
    ['audit who rack=r12', 'rack=r12', 'selects agents'],
    ['audit who agent3 --agent agent4', '--agent', 'who names the agent'],
    ['audit d17 --by <@U0123ABCD>', '--by', 'told whole'],
    ['audit d17 --before 9', '--before', 'told whole'],
    ['audit --after 9', '--after', 'beside a DRAIN, APPROVAL or PLAN'],
    ['audit --before d9', 'd9', 'not the number of an entry'],
    ['audit --command drian', 'drian', 'not a command', 'drain'],
    ['audit --export xlsx', 'xlsx', 'not a format'],
    ['audit --export jsnl', 'jsnl', 'not a format', 'jsonl'],
    ['audit d17 --export csv', '--export', 'nothing before the flags'],
    ['audit who agent3 --export csv', '--export', 'nothing before the flags'],
    ['audit --export csv --before 9', '--before', 'no pages'],
    ['audit --until tomorrow', 'tomorrow', 'neither'],
    ['audit --since 2h --until 3h', '3h', 'not after --since'],
    ['audit --since 2026-11-22 --until 2026-11-21', '2026-11-21', 'not after --since'],
  ];
  it.each(rows.map(([text, where, what, near]) => [text, where, what, near ?? null] as const))(
    '“%s”',
    (text, where, what, near) => {
      const [problem, ...others] = problemsOf(text);
      expect(others).toEqual([]);
      expect(text.slice(problem?.at, (problem?.at ?? 0) + (problem?.length ?? 0))).toBe(where);
      expect(problem?.what).toContain(what);
      expect(problem?.nearest).toBe(near);
    },
  );

  it('everything that is wrong at once, in the order of the text', () => {
    const text = 'drian agent3 a/4 --max-grace-period 10 --foce --unattended';
    expect(problemsOf(text).map(({ at, length }) => text.slice(at, at + length))).toEqual([
      'drian',
      'a/4',
      '10',
      '--foce',
      '--unattended',
    ]);
  });

  it('with what is allowed, and with an example of the nearest command', () => {
    const result = parseCommand('agents --state asleep', { now });
    expect(result).toMatchObject({
      refusal: {
        typed: 'agents --state asleep',
        example: '/mesos agents rack=r12 --state draining',
        problems: [{ allowed: expect.arrayContaining(['active', 'unreachable']) }],
      },
    });
    expect(parseCommand('clsoe d17', { now })).toMatchObject({
      refusal: { example: '/mesos close d17 --reason "agent replaced by hand"' },
    });
    expect(parseCommand('xyzzy', { now })).toMatchObject({ refusal: { example: '/mesos help' } });
  });

  it('a reason of 501 characters', () => {
    expect(problemsOf(`drain agent3 --reason ${'x'.repeat(501)}`)).toEqual([
      expect.objectContaining({ what: 'the text has 501 characters; 500 is the most' }),
    ]);
  });

  it('a text of more than 3,000 characters, with one problem', () => {
    expect(problemsOf(`drain ${'a '.repeat(2_000)}`)).toEqual([
      expect.objectContaining({ at: 3_000, what: 'the command is longer than 3000 characters' }),
    ]);
  });

  it('a thousand words with ten problems and the count of the rest', () => {
    const problems = problemsOf(`help ${'a '.repeat(1_000)}`);
    expect(problems).toHaveLength(11);
    expect(problems.at(-1)?.what).toBe('and 990 more like these');
  });
});
