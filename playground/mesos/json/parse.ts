/** A parsed JSON value that keeps apart what the protobuf conversion treats differently. An integer that fits
 * int64 is a `bigint`, every other number a double. */
export type Parsed =
  | { kind: 'null' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'string'; value: string }
  | { kind: 'number'; value: bigint | number }
  | { kind: 'array'; items: Parsed[] }
  | { kind: 'object'; fields: Map<string, Parsed> };

export type ParseResult = { ok: true; value: Parsed } | { ok: false; error: string };

class SyntaxAt extends Error {}

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** A reader that stops where picojson stops: the rest of its line is what the error text quotes. */
class Reader {
  at = 0;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  expect(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  /** Consumes the characters that match, and fails at the first that does not. */
  word(word: string): void {
    for (const character of word) {
      if (this.text[this.at] !== character) throw new SyntaxAt();
      this.at++;
    }
  }

  value(): Parsed {
    this.skipSpace();
    switch (this.text[this.at]) {
      case 'n':
        this.word('null');
        return { kind: 'null' };
      case 't':
        this.word('true');
        return { kind: 'boolean', value: true };
      case 'f':
        this.word('false');
        return { kind: 'boolean', value: false };
      case '"':
        return { kind: 'string', value: this.string() };
      case '[':
        return { kind: 'array', items: this.items() };
      case '{':
        return { kind: 'object', fields: this.fields() };
      default:
        return this.number();
    }
  }

  string(): string {
    const start = this.at++;
    while (this.text[this.at] !== '"') {
      if (this.text[this.at] === undefined || (this.text[this.at] ?? '') < ' ') throw new SyntaxAt();
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    }
    this.at++;
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      throw new SyntaxAt();
    }
  }

  items(): Parsed[] {
    this.at++;
    const items: Parsed[] = [];
    if (this.expect(']')) return items;
    do items.push(this.value());
    while (this.expect(','));
    if (!this.expect(']')) throw new SyntaxAt();
    return items;
  }

  /** Of a repeated key the last value counts (recording err_duplicate_key). */
  fields(): Map<string, Parsed> {
    this.at++;
    const fields = new Map<string, Parsed>();
    if (this.expect('}')) return fields;
    do {
      this.skipSpace();
      if (this.text[this.at] !== '"') throw new SyntaxAt();
      const key = this.string();
      if (!this.expect(':')) throw new SyntaxAt();
      fields.set(key, this.value());
    } while (this.expect(','));
    if (!this.expect('}')) throw new SyntaxAt();
    return fields;
  }

  number(): Parsed {
    const match = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at));
    if (match === null) throw new SyntaxAt();
    this.at += match[0].length;
    if (match[1] === undefined && match[2] === undefined) {
      const whole = BigInt(match[0]);
      if (whole >= MIN_INT64 && whole <= MAX_INT64) return { kind: 'number', value: whole };
    }
    return { kind: 'number', value: Number(match[0]) };
  }
}

/** Parses as picojson does, with its words for what is wrong (recordings err_malformed_json, err_not_json,
 * err_trailing_garbage). */
export function parseJson(text: string): ParseResult {
  const reader = new Reader(text);
  try {
    const value = reader.value();
    const rest = text.slice(reader.at);
    if (rest.trim() !== '') {
      return { ok: false, error: `Parsed JSON included non-whitespace trailing characters: ${rest}` };
    }
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof SyntaxAt)) throw error;
    const line = text.slice(0, reader.at).split('\n').length;
    const near = text.slice(reader.at).split('\n')[0] ?? '';
    return { ok: false, error: `syntax error at line ${line} near: ${near}` };
  }
}
