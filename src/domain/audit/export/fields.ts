import { type AuditEntry, type AuditRow, canonical } from '../../audit.ts';

/** An entry beside the row that it was read from. */
export interface LoggedEntry {
  row: AuditRow;
  entry: AuditEntry;
}

/** In what form a value goes somewhere, where that is not its own. */
export type Form = 'epoch milliseconds' | 'nanoseconds' | 'text' | 'JSON text' | 'parsed JSON';

/** A dotted path in a document; in `a[b].c`, the member of the list `a` whose `type` is `b`. */
export type Place = string | readonly [path: string, form: Form];

/** One leaf of an entry (`hash` and `entry` stand beside it), and what each format calls it. `csv` null: it has none. */
export interface Field {
  of: string;
  csv: string | null;
  ecs: Place;
  ocsf: Place;
}

const table: readonly (readonly [of: string, csv: string | null, ecs: Place, ocsf: Place])[] = [
  ['at', 'at', '@timestamp', ['time', 'epoch milliseconds']],
  ['seq', 'seq', 'event.sequence', 'metadata.sequence'],
  ['event', 'event', 'event.action', 'metadata.event_code'],
  ['actor.kind', 'actor', 'mesos_chatops.actor', 'unmapped.actor'],
  ['actor.user', 'actor_user', 'user.id', 'actor.user.uid'],
  ['actor.team', 'actor_team', 'user.domain', 'actor.user.domain'],
  ['actor.name', 'actor_name', 'user.name', 'actor.user.name'],
  ['actor.host', 'actor_host', 'host.name', 'src_endpoint.hostname'],
  ['correlation', 'correlation', 'labels.correlation', 'metadata.correlation_uid'],
  ['cluster', 'cluster', 'orchestrator.cluster.name', 'resources[cluster].name'],
  ['master', 'master', 'mesos_chatops.master', 'dst_endpoint.uid'],
  ['agent.id', 'agent_id', 'orchestrator.resource.id', 'resources[agent].uid'],
  ['agent.hostname', 'agent_hostname', 'orchestrator.resource.name', 'resources[agent].name'],
  ['drain', 'drain', ['labels.drain', 'text'], 'unmapped.drain'],
  ['plan', 'plan', ['labels.plan', 'text'], 'unmapped.plan'],
  ['machines.hostname', 'machines_hostname', 'mesos_chatops.machines.hostname', 'unmapped.machines.hostname'],
  ['machines.ip', 'machines_ip', 'mesos_chatops.machines.ip', 'unmapped.machines.ip'],
  ['approval.id', 'approval', ['labels.approval', 'text'], 'unmapped.approval'],
  ['approval.by.user', 'approved_by', 'mesos_chatops.approved_by.id', 'unmapped.approved_by.uid'],
  ['approval.by.team', 'approved_by_team', 'mesos_chatops.approved_by.domain', 'unmapped.approved_by.domain'],
  ['approval.by.name', 'approved_by_name', 'mesos_chatops.approved_by.name', 'unmapped.approved_by.name'],
  ['command.typed', 'command', 'mesos_chatops.command.typed', 'unmapped.command.typed'],
  ['command.via', 'command_via', 'mesos_chatops.command.via', 'unmapped.command.via'],
  [
    'command.parsed',
    'command_parsed',
    ['mesos_chatops.command.parsed', 'JSON text'],
    'unmapped.command.parsed',
  ],
  ['place.channel', 'channel', 'mesos_chatops.channel', 'unmapped.channel'],
  ['place.thread', 'thread', 'event.reference', 'unmapped.thread'],
  ['reason', 'reason', 'event.reason', 'unmapped.reason'],
  ['decision', 'decision', 'mesos_chatops.decision', 'status_detail'],
  ['outcome', 'outcome', 'mesos_chatops.outcome', 'status_code'],
  ['durationMs', 'duration_ms', ['event.duration', 'nanoseconds'], 'duration'],
  ['request.call', 'call', 'mesos_chatops.call', 'unmapped.call'],
  ['request.url', 'request_url', 'url.full', 'http_request.url.url_string'],
  ['request.body', 'request_body', 'http.request.body.content', ['api.request.data', 'parsed JSON']],
  ['response.status', 'response_status', 'http.response.status_code', 'api.response.code'],
  ['response.body', 'response_body', 'http.response.body.content', 'api.response.message'],
  ['response.bodyBytes', 'response_bytes', 'http.response.body.bytes', 'unmapped.response.body_bytes'],
  [
    'response.bodySha256',
    'response_sha256',
    'mesos_chatops.response.body_sha256',
    'unmapped.response.body_sha256',
  ],
  ['facts', 'facts', ['mesos_chatops.facts', 'JSON text'], 'unmapped.facts'],
  ['v', 'v', 'mesos_chatops.v', ['metadata.log_version', 'text']],
  ['hash', 'hash', 'event.hash', 'metadata.uid'],
  ['entry', null, 'event.original', 'raw_data'],
];

/** Every leaf that an entry can have, in the order of the CSV's columns. */
export const fields: readonly Field[] = table.map(([of, csv, ecs, ocsf]) => ({ of, csv, ecs, ocsf }));

/** What an entry has there; undefined: it does not have it, or null. Of a list, what each member has. */
export function valueIn({ row, entry }: LoggedEntry, of: string): unknown {
  if (of === 'hash') return row.hash;
  if (of === 'entry') return row.text;
  return of.split('.').reduce<unknown>(memberOf, entry) ?? undefined;
}

function memberOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((each) => memberOf(each, key));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** A value in the form that its place wants. */
export function inForm(value: unknown, form: Form): unknown {
  switch (form) {
    case 'epoch milliseconds':
      return Date.parse(String(value));
    case 'nanoseconds':
      return Number(value) * 1_000_000;
    case 'text':
      return String(value);
    case 'JSON text':
      return canonical(value);
    case 'parsed JSON':
      return parsed(String(value));
  }
}

/** An object in any case: what is no JSON object stands in one, as `text`. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Ours always is; one from a newer version may be something else.
  }
  return { text };
}
