import { type Derived, type Document, documentOf, messageOf } from './document.ts';
import { eventKind, outcomeOf } from './events.ts';
import { fields, type LoggedEntry } from './fields.ts';

/** The version of the Elastic Common Schema that documents are written for. */
export const ecsVersion = '8.17.0';

/** What ECS wants beside the fields. Source: Elastic, ECS field reference. */
export const ecsDerived: readonly Derived[] = [
  { at: 'ecs.version', says: `\`${ecsVersion}\``, of: () => ecsVersion },
  { at: 'message', says: 'who did what, to what, and what came of it, in one line', of: messageOf },
  { at: 'event.kind', says: '`event`', of: () => 'event' },
  {
    at: 'event.category',
    says: 'a list of one, by the event',
    of: ({ entry }) => eventKind(entry).ecs?.slice(0, 1),
  },
  { at: 'event.type', says: 'a list of one, by the event and the call', of: typeOf },
  {
    at: 'event.outcome',
    says: 'by the event; left out where nothing succeeds or fails',
    of: ({ entry }) => outcomeOf(entry) ?? undefined,
  },
  { at: 'event.id', says: 'the hash, which is like no other: to drop what was shipped twice', of: hashOf },
  { at: 'event.module', says: '`mesos_chatops`', of: () => 'mesos_chatops' },
  { at: 'event.dataset', says: '`mesos_chatops.audit`', of: () => 'mesos_chatops.audit' },
  {
    at: 'orchestrator.type',
    says: '`mesos`, with a cluster',
    of: ({ entry }) => (entry.cluster === undefined ? undefined : 'mesos'),
  },
  {
    at: 'orchestrator.resource.type',
    says: '`agent`, with an agent',
    of: ({ entry }) => (entry.agent === undefined ? undefined : 'agent'),
  },
  {
    at: 'http.request.method',
    says: '`POST`, with a request: the operator API has no other',
    of: ({ entry }) => (entry.request === undefined ? undefined : 'POST'),
  },
  { at: 'related.user', says: 'ids and names of the actor and of who approved', of: usersIn },
  { at: 'related.hosts', says: 'hostnames of the agent and of the machine of an `os-user`', of: hostsIn },
];

/** An entry as a document of the Elastic Common Schema. */
export function ecsDocument(logged: LoggedEntry): Document {
  return documentOf(logged, fields, ({ ecs }) => ecs, ecsDerived);
}

function hashOf({ row }: LoggedEntry): string {
  return row.hash;
}

function typeOf({ entry }: LoggedEntry): string[] | undefined {
  const { ecs } = eventKind(entry);
  if (ecs === null) return undefined;
  // What is marked gone never comes back.
  const isDeletion = entry.event === 'call.accepted' && entry.request?.call === 'MARK_AGENT_GONE';
  return isDeletion ? ['deletion'] : [ecs[1]];
}

function usersIn({ entry: { actor, approval } }: LoggedEntry): string[] {
  const who =
    actor.kind === 'person' ? [actor.user, actor.name] : actor.kind === 'os-user' ? [actor.name] : [];
  return [...new Set([...who, ...(approval?.by ?? []).flatMap(({ user, name }) => [user, name])])];
}

function hostsIn({ entry: { actor, agent } }: LoggedEntry): string[] {
  return [
    ...(agent === undefined ? [] : [agent.hostname]),
    ...(actor.kind === 'os-user' ? [actor.host] : []),
  ];
}
