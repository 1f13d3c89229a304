import { isMap, isNode, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

/** A way into a file: keys, and numbers in lists. */
export type Path = readonly (string | number)[];

/** A YAML file, read and not yet judged. */
export interface YamlFile {
  value: unknown;
  /** The line of a setting, like `clusters.yaml:12: `; of what is around it, where it is missing. */
  line(path: Path): string;
  /** The same, and the setting's name: `clusters.yaml:12: clusters.east.masters`. */
  place(path: Path): string;
}

/** Reads a file of one YAML document, or tells every mistake in it with its line. What it holds is in no problem: it may be
 * a secret. */
export function readYaml(
  name: string,
  text: string,
): { ok: true; file: YamlFile } | { ok: false; problems: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0)
    return {
      ok: false,
      problems: wrong.map(({ code, pos }) => `${name}:${lineOf(pos[0])}: ${mistakes[code] ?? notYaml}`),
    };
  const line = (path: Path) => `${name}:${lineOf(startOf(document.contents, path))}: `;
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    // Source: yaml, nodes/Alias.ts. Its words may hold what the file has.
    if (!(thrown instanceof ReferenceError)) throw thrown;
    return { ok: false, problems: [`${name}: ${aliases}`] };
  }
  return { ok: true, file: { value, line, place: (path) => line(path) + path.join('.') } };
}

const notYaml = 'this is not YAML';
const aliases =
  'a word after * is none that an & names before it, or there are far too many of them; text with a * belongs in quotes';
/** Those that people make; of the others the line must do. Source: yaml, errors.ts, ErrorCode. */
const mistakes: Partial<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines around it',
  DUPLICATE_KEY: 'this key is there twice',
  MISSING_CHAR: 'a quote, a bracket or a colon is missing',
  MULTIPLE_DOCS: 'a second document begins: one file is one document',
  TAB_AS_INDENT: 'a tab indents: YAML takes spaces only',
  TAG_RESOLVE_FAILED: 'there is no such tag',
  UNEXPECTED_TOKEN: 'this does not belong here',
};

/** Where the deepest part of a path begins that is there: a key, where it is one. */
function startOf(contents: Node | null, path: Path): number {
  let node: unknown = contents;
  let start = contents?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) start = pair.key.range?.[0] ?? start;
      node = pair.value;
    } else if (isNode(node) && 'get' in node && typeof node.get === 'function') {
      node = node.get(step, true);
      if (!isNode(node)) break;
      start = node.range?.[0] ?? start;
    } else break;
  }
  return start;
}
