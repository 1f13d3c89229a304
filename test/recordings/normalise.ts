import { gunzipSync } from 'node:zlib';
import type { RawAnswer } from './recording.ts';

/** What differs between two runs: agent ids (to hostnames) and addresses (to roles). */
export interface Names {
  readonly agents: ReadonlyMap<string, string>;
  readonly ports: ReadonlyMap<number, string>;
}

/** What is compared: presence of every key included. */
export interface Comparable {
  readonly statusLine: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

const HEADERS = ['content-type', 'location', 'allow', 'www-authenticate', 'content-encoding'];

const TIMES = new Set([
  'registered_time',
  'reregistered_time',
  'unregistered_time',
  'estimated_drain_start_time',
  'estimated_drain_start_time_seconds',
  'timestamp',
  'start_time',
  'elected_time',
]);
const BYTES = new Set(['uuid', 'status_update_uuid']);
const NUMBERS = new Set(['port', 'executor_pid']);

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const text = (value: string, { agents, ports }: Names): string => {
  let normal = value;
  for (const [id, hostname] of agents) normal = normal.replaceAll(id, `<${hostname}>`);
  return normal
    .replace(UUID, '<uuid>')
    .replace(/127\.0\.0\.1:(\d+)/g, (_all, port: string) => `<${ports.get(Number(port)) ?? port}>`);
};

/** Lists come in the order of hash maps: sorted by what names their items. */
const sortKey = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return '';
  const { hostname, agent_info, framework_info, task_id, framework_id, id, info, name } = value as Record<
    string,
    unknown
  >;
  // Status updates, resources and attributes keep their order.
  if ('statuses' in value) return JSON.stringify([task_id, framework_id, id]);
  return agent_info || framework_info || info || hostname
    ? JSON.stringify([agent_info, framework_info, info, hostname, name])
    : '';
};

const time = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.keys(value).map((key) => [key, '<time>']))
    : '<time>';

const field = (key: string, value: unknown, names: Names): unknown => {
  if (TIMES.has(key)) return time(value);
  if (BYTES.has(key)) return typeof value === 'string' ? '<bytes>' : { value: '<bytes>' };
  if (NUMBERS.has(key)) return `<${key}>`;
  if (key === 'framework_info') return { ...(normal(value, names) as object), name: '<name>' };
  if (key === 'resource_statistics') return Object.keys(value as object);
  return normal(value, names);
};

const normal = (value: unknown, names: Names): unknown => {
  if (typeof value === 'string') return text(value, names);
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item, names));
    return items.sort((a, b) => sortKey(a).localeCompare(sortKey(b)));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, field(key, each, names)]));
};

/** Keeps `2.0` apart from `2`, and int64 exact: JSON.parse does neither. */
const markNumbers = (json: string): string =>
  json
    .replace(/(?<=[:[,])-?\d+\.\d+(?:[eE][+-]?\d+)?(?=[,}\]])/g, (number) => `"<double ${Number(number)}>"`)
    .replace(/(?<=[:[,])-?\d{16,}(?=[,}\]])/g, (number) => `"<int64 ${number}>"`);

const bodyOf = ({ headers, body }: RawAnswer, names: Names): unknown => {
  const length = Number(headers.get('content-length') ?? 0);
  const zipped = headers.get('content-encoding') === 'gzip';
  const json = headers.get('content-type') === 'application/json';
  if (json)
    return normal(
      JSON.parse(markNumbers((zipped ? gunzipSync(body.subarray(0, length)) : body).toString())),
      names,
    );
  return text(body.subarray(0, length).toString(), names);
};

/** An answer with everything replaced that two runs cannot have in common. */
export function normalise(answer: RawAnswer, names: Names): Comparable {
  return {
    statusLine: answer.statusLine,
    headers: Object.fromEntries(
      HEADERS.map((name) => {
        const value = answer.headers.get(name);
        return [name, value === undefined ? undefined : text(value, names)];
      }),
    ),
    body: answer.statusLine === '' ? '' : bodyOf(answer, names),
  };
}

/** Every agent id in an answer with the hostname that stands beside it. */
export function agentIdsIn(answer: RawAnswer): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { hostname, id } = value as { hostname?: unknown; id?: unknown };
    const agentId = typeof id === 'string' ? id : (id as { value?: unknown } | undefined)?.value;
    if (typeof hostname === 'string' && typeof agentId === 'string' && /-S\d+$/.test(agentId)) {
      found.set(agentId, hostname);
    }
    for (const each of Object.values(value)) walk(each);
  };
  if (answer.headers.get('content-type') === 'application/json' && !answer.headers.has('content-encoding')) {
    walk(JSON.parse(answer.body.toString()));
  }
  return found;
}
