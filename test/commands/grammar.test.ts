import { describe, expect, it } from '@jest/globals';
import { grammar } from '../../src/commands/grammar.ts';
import { helpFor } from '../../src/commands/help.ts';
import { parseCommand } from '../../src/commands/parse.ts';
import { readmeTable } from '../../src/commands/readme-table.ts';
import { riskInWords, synopsis } from '../../src/commands/synopsis.ts';
import { type Command, riskOf } from '../../src/domain/command.ts';
import { instant } from '../../src/domain/ids.ts';

const now = instant(Date.UTC(2026, 10, 22, 12));

function parsed(text: string): Command {
  const result = parseCommand(text, { now });
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value.command;
}

describe('the grammar', () => {
  it.each(grammar.map((entry) => [entry.verb, entry] as const))(
    'has a right example of %s',
    (verb, entry) => {
      expect(parsed(entry.example).verb).toBe(verb);
    },
  );

  it.each(
    grammar.flatMap(({ verb, example, risk }) =>
      risk.map((row) => [row.when === null ? verb : `${verb} --${row.when}`, example, row] as const),
    ),
  )('tells the risk of %s as riskOf judges it', (_, example, { when, risk }) => {
    expect(riskOf(parsed(when === null ? example : `${example} --${when}`))).toBe(risk);
  });

  it('lets the first row of risks decide: a dry run reads, whatever else is asked for', () => {
    const drain = grammar.find(({ verb }) => verb === 'drain');
    const flags = drain?.risk.flatMap(({ when }) => (when === null ? [] : [`--${when}`])) ?? [];
    expect(flags).toHaveLength(3);
    for (const other of flags)
      expect(riskOf(parsed(`drain agent3 --dry-run ${other.replace('--dry-run', '')}`))).toBe('read');
  });

  it('tells of every flag that changes the risk, and of no other', () => {
    for (const { verb, flags, risk, example } of grammar) {
      for (const flag of flags.filter(({ takes, only }) => takes === null && only === null)) {
        const expected = risk.find(({ when }) => when === flag.name || when === null)?.risk;
        expect([verb, flag.name, riskOf(parsed(`${example} --${flag.name}`))]).toEqual([
          verb,
          flag.name,
          expected,
        ]);
      }
    }
  });

  it('names nothing twice', () => {
    const words = grammar.flatMap(({ verb, aliases }) => [verb, ...aliases]);
    expect(new Set(words).size).toBe(words.length);
    for (const { flags } of grammar) {
      const names = flags.flatMap(({ name, aliases }) => [name, ...aliases]);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !/^[a-z][a-z-]*$/.test(name))).toEqual([]);
    }
  });

  it('shows a command with its flags, the required ones without brackets', () => {
    expect(grammar.map(synopsis)).toEqual([
      'help [COMMAND]',
      'agents [SELECTOR…] [--state STATE] [--attribute NAME=VALUE]… [--host GLOB]… [--after TARGET]',
      'status [TARGET | DRAIN | APPROVAL | PLAN]',
      'preview TARGET… [--host GLOB]… [--max-grace-period DUR] [--mark-gone]',
      'drain TARGET… [--host GLOB]… [--max-grace-period DUR] [--mark-gone [--unattended]] [--for DUR] [--reason TEXT] [--dry-run] [--override-freeze] [--override-brake] [--anyway] [--at WHEN] [--in DUR] [--parallel N] [--per ATTRIBUTE N]… [--pause DUR] [--then wait|mark-gone|reactivate]',
      'deactivate TARGET… [--host GLOB]… [--for DUR] [--reason TEXT] [--override-freeze] [--override-brake] [--anyway] [--at WHEN] [--in DUR]',
      'reactivate TARGET… [--host GLOB]… [--reason TEXT] [--override-freeze] [--at WHEN] [--in DUR]',
      'mark-gone TARGET [--now] --reason TEXT [--override-freeze] [--override-brake] [--anyway] [--at WHEN] [--in DUR]',
      'cancel DRAIN | APPROVAL | PLAN',
      'confirm PLAN',
      'pause PLAN',
      'resume PLAN',
      'hasten DRAIN --max-grace-period DUR [--instead-of DUR]',
      'close DRAIN --reason TEXT',
      'maintenance status [TARGET]',
      'maintenance schedule [TARGET…] [--host GLOB]… [--hostname HOSTNAME [--ip IP]] --start WHEN --for DUR [--reason TEXT] [--override-freeze]',
      'maintenance clear [TARGET…] [--host GLOB]… [--hostname HOSTNAME [--ip IP]] [--reason TEXT] [--override-freeze]',
      'maintenance start [TARGET…] [--host GLOB]… [--hostname HOSTNAME [--ip IP]] [--drain-first [--max-grace-period DUR]] [--for DUR] --reason TEXT [--override-freeze] [--override-brake] [--anyway]',
      'maintenance stop [TARGET…] [--host GLOB]… [--hostname HOSTNAME [--ip IP]] [--reason TEXT] [--override-freeze]',
      'audit [who TARGET | DRAIN | APPROVAL | PLAN | anchor] [--agent TARGET] [--by @user] [--command COMMAND] [--since WHEN] [--until WHEN] [--before ENTRY] [--after ENTRY] [--export csv|jsonl]',
      'whoami',
    ]);
  });

  it('puts the risk in words', () => {
    expect(grammar.map((entry) => [entry.verb, riskInWords(entry)])).toEqual(
      expect.arrayContaining([
        [
          'drain',
          'read with --dry-run, irreversible with --mark-gone, irreversible with --then mark-gone, else reversible',
        ],
        ['mark-gone', 'irreversible'],
        ['audit', 'read'],
      ]),
    );
  });
});

describe('readmeTable', () => {
  it('is one Markdown row per command, between the marks', () => {
    const lines = readmeTable().split('\n');
    expect(lines[0]).toBe('<!-- commands -->');
    expect(lines.at(-1)).toBe('<!-- /commands -->');
    expect(lines.slice(3, -1)).toHaveLength(grammar.length);
    for (const line of lines.slice(1, -1)) expect(line.split(/(?<!\\)\|/)).toHaveLength(6);
    expect(readmeTable()).toContain(
      '| `/mesos status [TARGET \\| DRAIN \\| APPROVAL \\| PLAN]` | open drains, questions, plans and the master, or one agent, drain, approval or plan | read | `/mesos status d17` |',
    );
  });
});

describe('helpFor', () => {
  it('lists every command when no topic is named, without what can be left out', () => {
    const help = helpFor(null);
    expect(help.kind === 'overview' && help.lines.map((line) => line.synopsis)).toEqual([
      '/mesos help [COMMAND]',
      '/mesos agents [SELECTOR…]',
      '/mesos status [TARGET | DRAIN | APPROVAL | PLAN]',
      '/mesos preview TARGET…',
      '/mesos drain TARGET…',
      '/mesos deactivate TARGET…',
      '/mesos reactivate TARGET…',
      '/mesos mark-gone TARGET --reason TEXT',
      '/mesos cancel DRAIN | APPROVAL | PLAN',
      '/mesos confirm PLAN',
      '/mesos pause PLAN',
      '/mesos resume PLAN',
      '/mesos hasten DRAIN --max-grace-period DUR',
      '/mesos close DRAIN --reason TEXT',
      '/mesos maintenance status [TARGET]',
      '/mesos maintenance schedule [TARGET…] --start WHEN --for DUR',
      '/mesos maintenance clear [TARGET…]',
      '/mesos maintenance start [TARGET…] --reason TEXT',
      '/mesos maintenance stop [TARGET…]',
      '/mesos audit [who TARGET | DRAIN | APPROVAL | PLAN | anchor]',
      '/mesos whoami',
    ]);
  });

  it('lists the commands with one first word', () => {
    const help = helpFor('maintenance');
    expect(help.kind === 'overview' && help.lines.map(({ synopsis }) => synopsis.split(' ')[2])).toEqual(
      grammar.flatMap(({ verb }) => (verb.startsWith('maintenance ') ? [verb.split(' ')[1]] : [])),
    );
    expect(help).toMatchObject({ more: '/mesos help maintenance start' });
  });

  it.each(grammar.map((entry) => [entry.verb, entry] as const))('tells all of %s', (verb, entry) => {
    expect(helpFor(verb)).toEqual({
      kind: 'command',
      synopsis: `/mesos ${synopsis(entry)}`,
      summary: entry.summary,
      flags: entry.flags.map(({ help, required }) => expect.objectContaining({ help, required })),
      details: entry.details,
      risk: riskInWords(entry),
      example: `/mesos ${entry.example}`,
    });
  });
});
