import { readFileSync } from 'node:fs';

/** An HTTP answer as raw parts. */
export interface RawAnswer {
  /** '' when nothing was answered. */
  readonly statusLine: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** One recording: the bytes that were sent, to which port, and what came back. */
export interface Recording {
  readonly name: string;
  readonly port: number;
  readonly request: string;
  readonly answer: RawAnswer;
}

const MARK = '===== RESPONSE (raw bytes as received) =====\n';

/** Splits an answer's bytes; a head may have bare line feeds. */
export function parseAnswer(bytes: Buffer): RawAnswer {
  const text = bytes.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) return { statusLine: '', headers: new Map(), body: Buffer.alloc(0) };
  const [statusLine = '', ...lines] = text.slice(0, end.index).split(/\r?\n/);
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { statusLine, headers, body: bytes.subarray(end.index + end[0].length) };
}

/** The HEAD of a request with the line ends HTTP wants. */
const withLineEnds = (request: string): string =>
  request.includes('\r\n') ? request : request.replaceAll('\n', '\r\n');

/** Reads test/recordings/NAME.http. */
export function readRecording(name: string): Recording {
  const text = readFileSync(new URL(`./${name}.http`, import.meta.url)).toString('latin1');
  const [, port = ''] = /=====? REQUEST \(to [^:]*:(\d+)\)/.exec(text) ?? [];
  const from = text.indexOf('=====\n') + '=====\n'.length;
  const mark = text.indexOf(MARK);
  const sent = text.slice(from, mark);
  const request = withLineEnds(/\r\n\r\n$|[^\r]\n\n$/.test(sent) ? sent : sent.slice(0, -1));
  const answer = parseAnswer(Buffer.from(text.slice(mark + MARK.length), 'latin1'));
  return { name, port: Number(port), request, answer };
}
