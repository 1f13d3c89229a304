import { parseSync } from '@swc/core';

/** A file as the rules see it: its path from the package root, with slashes, and its text. */
export interface SourceFile {
  path: string;
  text: string;
}

/** A row of the table of floors: who may import what. */
export interface Floor {
  /** A folder (with a slash at its end) or a file. The first row that fits a file is the one that counts. */
  room: string;
  /** Folders and files whose code it may use, its own included. */
  mayUse: string[];
  /** Packages it may import, by name or `@scope/*`; `node:*` for Node's own. */
  packages: string[];
}

/** Of a node of swc's syntax tree, what the rules look at; each kind has some of it. */
interface Node {
  type: string;
  source?: unknown;
  callee?: unknown;
  argument?: unknown;
  arguments?: unknown;
  object?: unknown;
  property?: unknown;
  key?: unknown;
  exported?: unknown;
  orig?: unknown;
  value?: unknown;
}

/** What a file imports or re-exports, types included: paths from the root for its own, else names of packages. */
export function importsOf(file: SourceFile): string[] {
  const found: string[] = [];
  for (const node of nodesOf(file)) {
    const from =
      node.type === 'CallExpression' && isNode(node.callee) && node.callee.type === 'Import'
        ? firstArgument(node)
        : node.type === 'TsImportType'
          ? node.argument
          : /^(?:ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration)$/.test(node.type)
            ? node.source
            : null;
    if (isNode(from))
      found.push(resolve(file.path, from.type === 'StringLiteral' ? String(from.value) : '?'));
  }
  return found;
}

/** Imports that the floors forbid, as sentences; also a file that no floor fits. */
export function brokenFloors(file: SourceFile, floors: Floor[]): string[] {
  const floor = floors.find(({ room }) => isIn(file.path, room));
  if (floor === undefined) return [`${file.path} is in no room`];
  return importsOf(file)
    .filter((target) =>
      isOurs(target)
        ? !floor.mayUse.some((room) => isIn(target, room))
        : !floor.packages.some((name) => isPackage(target, name)),
    )
    .map((target) => `${file.path} imports ${target}`);
}

/** Uses of the real time and of real chance, as code (not in comments or texts). */
export function realTimeIn(file: SourceFile): string[] {
  return namesIn(file, (node) => {
    if (node.type === 'Identifier') {
      const name = String(node.value);
      return /^(?:set(?:Timeout|Interval|Immediate)|randomUUID|performance)$/.test(name) ? name : null;
    }
    if (node.type === 'NewExpression' && isNamed(node.callee, 'Date'))
      return listIn(node.arguments).length === 0 ? 'new Date()' : null;
    if (node.type === 'CallExpression' && isNamed(node.callee, 'Date')) return 'Date()';
    return firstMember(node, [
      ['Date', 'now'],
      ['Math', 'random'],
      ['process', 'hrtime'],
    ]);
  });
}

/** Looks at the environment of the process. */
export function environmentIn(file: SourceFile): string[] {
  return namesIn(file, (node) => {
    if (memberIs(node, 'process', 'env')) return 'process.env';
    if (node.type !== 'ImportDeclaration' || !isNode(node.source)) return null;
    return /^(?:node:)?process$/.test(String(node.source.value)) ? 'import of process' : null;
  });
}

/** Exports without a name. */
export function defaultExportsIn(file: SourceFile): string[] {
  return namesIn(file, (node) =>
    /^ExportDefault/.test(node.type) ||
    (node.type === 'ExportSpecifier' && [node.exported, node.orig].some((name) => isNamed(name, 'default')))
      ? 'default export'
      : null,
  );
}

/** Uses of a member called `name` on anything: calls, and handing it on. */
export function membersNamed(name: string, file: SourceFile): string[] {
  return namesIn(file, (node) =>
    node.type === 'MemberExpression' && isNamed(node.property, name)
      ? `.${name}`
      : node.type === 'AssignmentPatternProperty' && isNamed(node.key, name)
        ? `{ ${name} }`
        : node.type === 'KeyValuePatternProperty' && isNamed(node.key, name)
          ? `{ ${name}: … }`
          : null,
  );
}

/** Uses of `console`. */
export function consoleIn(file: SourceFile): string[] {
  return namesIn(file, (node) => (isNamed(node, 'console') ? 'console' : null));
}

/** Tests that are switched off, or that switch off the others. */
export function unevenTestsIn(file: SourceFile): string[] {
  return namesIn(file, (node) => {
    if (node.type === 'CallExpression' && isNode(node.callee) && node.callee.type === 'Identifier') {
      const name = String(node.callee.value);
      return /^[fx](?:it|test|describe)$/.test(name) ? name : null;
    }
    return firstMember(
      node,
      ['it', 'test', 'describe'].flatMap((block) =>
        ['only', 'skip', 'todo', 'failing'].map((way): [string, string] => [block, way]),
      ),
    );
  });
}

function namesIn(file: SourceFile, look: (node: Node) => string | null): string[] {
  return nodesOf(file)
    .map(look)
    .filter((name) => name !== null)
    .map((name) => `${file.path}: ${name}`);
}

const parsed = new Map<string, Node[]>();

/** All nodes of the syntax tree, in the order of the text. */
function nodesOf({ text }: SourceFile): Node[] {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const nodes: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (typeof value === 'object' && value !== null) {
      if (isNode(value)) nodes.push(value);
      for (const each of Object.values(value)) visit(each);
    }
  };
  visit(parseSync(text, { syntax: 'typescript', target: 'es2022' }).body);
  parsed.set(text, nodes);
  return nodes;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.value === name;
}

function memberIs(node: Node, object: string, property: string): boolean {
  return node.type === 'MemberExpression' && isNamed(node.object, object) && isNamed(node.property, property);
}

function firstMember(node: Node, members: [object: string, property: string][]): string | null {
  const found = members.find(([object, property]) => memberIs(node, object, property));
  return found === undefined ? null : found.join('.');
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function firstArgument(call: Node): unknown {
  const [first] = listIn(call.arguments);
  return typeof first === 'object' && first !== null && 'expression' in first ? first.expression : null;
}

const ours = ['src/', 'playground/', 'test/', 'bench/'];

function isOurs(target: string): boolean {
  return ours.some((folder) => target.startsWith(folder));
}

function isIn(path: string, room: string): boolean {
  return room.endsWith('/') ? path.startsWith(room) : path === room;
}

function isPackage(target: string, allowed: string): boolean {
  if (allowed.endsWith('*')) return target.startsWith(allowed.slice(0, -1));
  return target === allowed || target.startsWith(`${allowed}/`);
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
