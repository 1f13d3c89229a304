import { describe, expect, it } from '@jest/globals';
import { tokenize } from '../../src/commands/tokenize.ts';

/** Flags as `--name` or `--name=value`, quoted words in «», persons as @ID. */
function shown(text: string): string[] {
  return tokenize(text).tokens.map((token) => {
    if (token.kind === 'word') return showWord(token);
    return token.value === null ? `--${token.name}` : `--${token.name}=${showWord(token.value)}`;
  });
}
function showWord({
  text,
  quoted,
  person,
}: {
  text: string;
  quoted: boolean;
  person: string | null;
}): string {
  if (person !== null) return `@${person}`;
  return quoted ? `«${text}»` : text;
}

describe('tokenize', () => {
  it.each([
    ['two hyphens', '--mark-gone'],
    ['one hyphen', '-mark-gone'],
    ['an em dash', '—mark-gone'],
    ['an en dash', '–mark-gone'],
    ['a minus', '−mark-gone'],
    ['a horizontal bar', '―mark-gone'],
    ['a non-breaking hyphen', '\u2011mark-gone'],
    ['a full-width hyphen', '\uFF0D\uFF0Dmark-gone'],
    ['two em dashes', '——mark-gone'],
    ['mixed dashes', '–-mark-gone'],
    ['an underscore', '--mark_gone'],
    ['a dash inside', '--mark–gone'],
    ['capitals', '--Mark-GONE'],
    ['back-ticks around it', '`--mark-gone`'],
    ['back-ticks and an em dash', '`—mark-gone`'],
  ])('reads a flag with %s', (_, text) => {
    expect(shown(text)).toEqual(['--mark-gone']);
    expect(tokenize(text).problems).toEqual([]);
  });

  it.each([
    ['a dash inside a word stays', 'agent–3-S4', ['agent–3-S4']],
    ['a dash alone is a word', 'kernel — upgrade', ['kernel', '—', 'upgrade']],
    ['a negative number is a word', '--grace -5m', ['--grace', '-5m']],
    ['two dashes alone are a word', '--', ['--']],
    ['a flag’s value after =', '--grace=10m', ['--grace=10m']],
    ['only the first = parts', '--attribute=rack=r12', ['--attribute=rack=r12']],
    ['a quoted value after =', '--reason="kernel upgrade"', ['--reason=«kernel upgrade»']],
    ['a curly-quoted value after =', '--reason=“kernel upgrade”', ['--reason=«kernel upgrade»']],
    ['nothing after =', '--reason= x', ['--reason=', 'x']],
    ['flags with values in back-ticks', '`--grace 10m` agent3', ['--grace', '10m', 'agent3']],
    ['the whole command in back-ticks', ' `drain agent3 --mark-gone` ', ['drain', 'agent3', '--mark-gone']],
    ['a word in back-ticks', '`agent3` x', ['«agent3»', 'x']],
    ['straight quotes', '"a b"', ['«a b»']],
    ['single quotes', "'a b'", ['«a b»']],
    ['curly quotes', '“a b”', ['«a b»']],
    ['low quotes', '„a b“', ['«a b»']],
    ['single curly quotes', '‘a b’', ['«a b»']],
    ['an apostrophe closes nothing', "'the node's disk'", ["«the node's disk»"]],
    ['a curly apostrophe closes nothing', '‘the node’s disk’', ['«the node’s disk»']],
    ['an apostrophe in a word is a letter', 'node’s', ['node’s']],
    ['other quotes within quotes', '"the `x` \'y\'"', ["«the `x` 'y'»"]],
    ['a flag in quotes is text', '"--mark-gone"', ['«--mark-gone»']],
    ['no text in quotes', '""', ['«»']],
    ['non-breaking spaces', 'drain\u00A0agent3\u202F--dry-run', ['drain', 'agent3', '--dry-run']],
    ['zero-width spaces', '\u200Bdrain\u200B agent3\uFEFF', ['drain', 'agent3']],
    ['tabs and line ends', 'drain\tagent3\n--dry-run', ['drain', 'agent3', '--dry-run']],
    ['an auto-linked hostname', '<http://agent7.example|agent7.example>', ['agent7.example']],
    ['a link without a label', '<http://agent7.example>', ['http://agent7.example']],
    ['a mail link', '<mailto:root@agent7.example|root@agent7.example>', ['root@agent7.example']],
    ['a mail link without a label', '<mailto:root@agent7.example>', ['root@agent7.example']],
    ['a phone link', '<tel:10.0.0.7|10.0.0.7>', ['10.0.0.7']],
    ['a link as a flag’s value', '--host=<http://a.example|a.example>', ['--host=a.example']],
    ['a link in quotes', '"see <https://t.example/1>"', ['«see https://t.example/1»']],
    ['a person', '<@U123|bo>', ['@U123']],
    ['a person without a name', '<@W123>', ['@W123']],
    ['a person as a flag’s value', '--by=<@U123|bo>', ['--by=@U123']],
    ['a channel', '<#C1|ops>', ['#ops']],
    ['a channel without a name', '<#C1>', ['#C1']],
    ['a user group', '<!subteam^S1|@sre>', ['@sre']],
    ['everybody', '<!channel>', ['@channel']],
    ['escaped signs', 'a&amp;b &lt;c&gt;', ['a&b', '<c>']],
    ['an escaped mention is text', '&lt;@U123&gt;', ['<@U123>']],
    ['an escaped escape is undone once', '&amp;lt;', ['&lt;']],
    ['an escaped sign in a link', '<https://t.example/?a=1&amp;b=2>', ['https://t.example/?a=1&b=2']],
    ['an angle bracket alone', 'a < b', ['a', '<', 'b']],
    ['nothing', ' \u200B ', []],
  ])('%s', (_, text, tokens) => {
    expect(shown(text)).toEqual(tokens);
    expect(tokenize(text).problems).toEqual([]);
  });

  it('knows where each token stands in the text as typed', () => {
    const text = '  drain <http://a.example|a.example> `—mark-gone`  --reason=“kernel upgrade”';
    const places = tokenize(text).tokens.map(({ at, length }) => text.slice(at, at + length));
    expect(places).toEqual([
      'drain',
      '<http://a.example|a.example>',
      '—mark-gone',
      '--reason=“kernel upgrade”',
    ]);
  });

  it.each([
    ['"kernel upgrade', 0],
    ['drain agent3 --reason “kernel upgrade', 22],
    ["drain 'agent's", 6],
    ['status `agent3', 7],
    ['--reason="x', 9],
  ])('refuses the open quote of %s, naming its place', (text, at) => {
    expect(tokenize(text).problems).toEqual([
      { at, length: 1, what: 'this quote is never closed', allowed: [], nearest: null },
    ]);
  });

  it('refuses text glued to a closing quote, so that it hides no flag', () => {
    expect(tokenize('--reason "a"--mark-gone').problems).toEqual([
      expect.objectContaining({ at: 12, what: 'a space is missing after the closing quote' }),
    ]);
  });
});
