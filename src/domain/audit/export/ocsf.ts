import type { AuditEntry } from '../../audit.ts';
import { type Derived, type Document, documentOf, messageOf } from './document.ts';
import { eventKind, outcomeOf } from './events.ts';
import { fields, type LoggedEntry } from './fields.ts';

/** The version of the Open Cybersecurity Schema Framework that documents are written for. */
export const ocsfVersion = '1.6.0';

const product = 'mesos-chatops';
const classUid = 6003;

const activities = {
  create: [1, 'Create'],
  read: [2, 'Read'],
  update: [3, 'Update'],
  delete: [4, 'Delete'],
  other: [99, 'Other'],
} as const;
const severities = {
  informational: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
} as const;
const statuses = { success: [1, 'Success'], failure: [2, 'Failure'], unknown: [0, 'Unknown'] } as const;

/** What OCSF wants beside the fields: its class API Activity. Source: OCSF 1.6.0, class 6003. */
export const ocsfDerived: readonly Derived[] = [
  { at: 'metadata.version', says: `\`${ocsfVersion}\``, of: () => ocsfVersion },
  { at: 'metadata.product.name', says: `\`${product}\``, of: () => product },
  { at: 'metadata.product.vendor_name', says: `\`${product}\``, of: () => product },
  { at: 'metadata.log_provider', says: `\`${product}\``, of: () => product },
  { at: 'metadata.log_name', says: '`audit`', of: () => 'audit' },
  { at: 'metadata.original_time', says: '`at`', of: ({ entry }) => entry.at },
  { at: 'category_uid', says: '6', of: () => 6 },
  { at: 'category_name', says: '`Application Activity`', of: () => 'Application Activity' },
  { at: 'class_uid', says: `${classUid}`, of: () => classUid },
  { at: 'class_name', says: '`API Activity`', of: () => 'API Activity' },
  { at: 'activity_id', says: 'by the event and the call', of: ({ entry }) => activityOf(entry)[0] },
  {
    at: 'activity_name',
    says: 'its name; of 99, the event',
    of: ({ entry }) => (activityOf(entry)[0] === 99 ? entry.event : activityOf(entry)[1]),
  },
  {
    at: 'type_uid',
    says: '`class_uid` × 100 + `activity_id`',
    of: ({ entry }) => classUid * 100 + activityOf(entry)[0],
  },
  {
    at: 'type_name',
    says: '`API Activity: ` and the name of the activity',
    of: ({ entry }) => `API Activity: ${activityOf(entry)[1]}`,
  },
  { at: 'severity_id', says: 'by the event', of: ({ entry }) => severities[eventKind(entry).severity][0] },
  { at: 'severity', says: 'its name', of: ({ entry }) => severities[eventKind(entry).severity][1] },
  {
    at: 'status_id',
    says: 'by the event: 1 success, 2 failure, 0 unknown; left out where nothing succeeds or fails',
    of: ({ entry }) => statusOf(entry)?.[0],
  },
  { at: 'status', says: 'its name', of: ({ entry }) => statusOf(entry)?.[1] },
  { at: 'message', says: 'who did what, to what, and what came of it, in one line', of: messageOf },
  {
    at: 'actor.app_name',
    says: `\`${product}\` of the bot, \`unknown\` of somebody outside it; people have \`actor.user\` instead`,
    of: ({ entry: { actor } }) =>
      actor.kind === 'bot' ? product : actor.kind === 'outside' ? 'unknown' : undefined,
  },
  {
    at: 'src_endpoint.svc_name',
    says: `what the act came by: \`Slack\`, \`${product}\`, or \`unknown\` outside the bot`,
    of: ({ entry: { actor } }) =>
      actor.kind === 'person' ? 'Slack' : actor.kind === 'outside' ? 'unknown' : product,
  },
  {
    at: 'api.operation',
    says: 'the call; else the verb of the command; else the event',
    of: ({ entry }) => entry.request?.call ?? verbOf(entry) ?? entry.event,
  },
  {
    at: 'api.service.name',
    says: `\`Mesos operator API\` with a request, else \`${product}\``,
    of: ({ entry }) => (entry.request === undefined ? product : 'Mesos operator API'),
  },
  {
    at: 'api.request.uid',
    says: 'the correlation id, with a request: the operator API gives none',
    of: ({ entry }) => (entry.request === undefined ? undefined : entry.correlation),
  },
  {
    at: 'dst_endpoint.svc_name',
    says: '`Mesos master`, with a master',
    of: ({ entry }) => (entry.master === undefined ? undefined : 'Mesos master'),
  },
  {
    at: 'http_request.http_method',
    says: '`POST`, with a request: the operator API has no other',
    of: ({ entry }) => (entry.request === undefined ? undefined : 'POST'),
  },
];

/** An entry as an event of OCSF's class API Activity. */
export function ocsfDocument(logged: LoggedEntry): Document {
  return documentOf(logged, fields, ({ ocsf }) => ocsf, ocsfDerived);
}

function activityOf(entry: AuditEntry): (typeof activities)[keyof typeof activities] {
  const { ocsf } = eventKind(entry);
  if (ocsf !== 'call') return activities[ocsf];
  return entry.request?.call === 'MARK_AGENT_GONE' ? activities.delete : activities.update;
}

function statusOf(entry: AuditEntry): readonly [number, string] | undefined {
  const outcome = outcomeOf(entry);
  return outcome === null ? undefined : statuses[outcome];
}

function verbOf({ command }: AuditEntry): string | undefined {
  const parsed = command?.parsed;
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  return typeof parsed['verb'] === 'string' ? parsed['verb'] : undefined;
}
