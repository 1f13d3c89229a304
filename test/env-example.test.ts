import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { variables } from '../src/config/variables.ts';
import { readConfig } from '../src/config.ts';

const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');

interface Entry {
  name: string;
  shown: string;
  commentedOut: boolean;
}

/** The lines `NAME=value`, commented out or not. */
function entriesOf(text: string): Entry[] {
  return [...text.matchAll(/^(# )?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, comment, name = '', shown = '']) => ({
    name,
    shown,
    commentedOut: comment !== undefined,
  }));
}

const entries = entriesOf(example);

describe('.env.example', () => {
  it('names each variable of the configuration, once', () => {
    expect(entries.map(({ name }) => name).sort()).toEqual(Object.keys(variables).sort());
  });

  it.each(Object.entries(variables))('shows what %s is by default', (name, variable) => {
    const entry = entries.find((each) => each.name === name);
    if (variable.default !== null) expect(entry?.shown).toBe(variable.default);
    else expect(entry?.shown).toMatch(/^(?:<.+>)?$/);
  });

  it('comments out everything but what has to be filled in', () => {
    expect(entries.filter(({ commentedOut }) => !commentedOut)).toEqual(
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'OPERATORS', 'APPROVERS', 'MESOS_MASTERS'].map((name) => ({
        name,
        shown: '',
        commentedOut: false,
      })),
    );
  });

  it('asks, as it stands, for exactly what has to be filled in', () => {
    const outcome = readConfig(parseEnv(example), { read: () => '', mode: () => 0o600 });
    expect(outcome).toEqual({
      ok: false,
      problems: [
        expect.stringMatching(/^SLACK_BOT_TOKEN is missing/),
        expect.stringMatching(/^SLACK_APP_TOKEN is missing/),
        expect.stringMatching(/^MESOS_MASTERS is missing/),
      ],
    });
  });

  it('explains each variable in the lines above it or above its neighbours', () => {
    const unexplained = example
      .split(/\n\n+/)
      .filter((block) => entriesOf(block).length > 0)
      .flatMap((block) => {
        const [first = ''] = block.split('\n');
        return entriesOf(first).map(({ name }) => name);
      });
    expect(unexplained).toEqual([]);
  });

  it.each(Object.entries(variables).filter(([, { default: text }]) => text !== null))(
    'has a default that %s itself accepts',
    (_, { read, default: text }) => {
      expect(read.safeParse(text)).toMatchObject({ success: true });
    },
  );
});
