import type { AuditEntry, Json } from '../audit.ts';
import type { Asked, CommandDeed, Deed } from './deed.ts';
import { objectOf, stateBy } from './deed-state.ts';

/** Folds the entries of one correlation, in their order, into what they tell. `sequels`: entries of the drain that was to be
 * changed, for what became of a change stands there. Throws a TypeError where there are none. */
export function deedOf(entries: readonly AuditEntry[], sequels: readonly AuditEntry[] = []): Deed {
  const [first] = entries;
  if (first === undefined) throw new TypeError('a deed without an entry');
  if (first.command === undefined) return { kind: 'occurrence', entry: forShow(first) };
  const asked = askedBy(first);
  const tied = entries.findLast(({ approval }) => approval !== undefined)?.approval;
  return {
    kind: 'command',
    seq: first.seq,
    at: first.at,
    by: first.actor,
    asked,
    cluster: entries.find(({ cluster }) => cluster !== undefined)?.cluster ?? null,
    reason: entries.find(({ reason }) => reason !== undefined)?.reason ?? givenWith(first),
    approval:
      tied === undefined ? null : { id: tied.id, by: tied.by.map(({ user, name }) => ({ user, name })) },
    votes: votesIn(entries),
    parts: agentsIn(entries).map((agent) => {
      const own = entries.filter(
        (entry) => entry.agent === undefined || agent === null || entry.agent.id === agent.id,
      );
      return {
        agent,
        drain: own.find(({ drain }) => drain !== undefined)?.drain ?? null,
        state: stateBy([...own, ...sequels], asked.verb),
      };
    }),
    thread: entries.findLast(({ place }) => place?.thread !== undefined)?.place?.thread ?? null,
  };
}

/** An entry without what is too large or too odd to be told in a line: bodies, and facts that no words are made of. */
export function forShow(entry: AuditEntry): AuditEntry {
  const { request, response, facts, command, ...rest } = entry;
  const { left, of, user, mark } = objectOf(facts);
  const told = Object.entries({ left, of, user, mark }).filter(
    (pair): pair is [string, Json] => pair[1] !== undefined,
  );
  return {
    ...rest,
    ...(command === undefined
      ? {}
      : { command: { typed: command.typed, ...(command.via === undefined ? {} : { via: command.via }) } }),
    ...(request === undefined ? {} : { request: { call: request.call, body: '' } }),
    ...(response === undefined ? {} : { response: { ...response, body: '' } }),
    ...(told.length === 0 ? {} : { facts: Object.fromEntries(told) }),
  };
}

function askedBy({ command }: AuditEntry): Asked {
  const { verb, target, targets, work, drain, markGone, unattended, dryRun } = objectOf(command?.parsed);
  const { typed: named } = objectOf(target);
  const about = objectOf(work);
  const ofDrain = about['drain'] ?? drain;
  return {
    typed: command?.typed ?? '',
    via: command?.via ?? 'typed',
    verb: typeof verb === 'string' ? verb : null,
    target: typeof named === 'string' ? named : targetsIn(targets),
    work:
      typeof ofDrain === 'number'
        ? `d${ofDrain}`
        : typeof about['approval'] === 'number'
          ? `a${about['approval']}`
          : typeof about['plan'] === 'number'
            ? `p${about['plan']}`
            : null,
    markGone: markGone === true,
    unattended: unattended === true,
    dryRun: dryRun === true,
  };
}

/** The agents that were meant, as one would type them; null: the log does not say. */
function targetsIn(logged: Json | undefined): string | null {
  const { names, where, hosts } = objectOf(logged);
  const named = listOf(names).flatMap(({ typed }) => (typeof typed === 'string' ? [typed] : []));
  const selectors = listOf(where).map(
    ({ attribute, is, values }) =>
      `${attribute}${is === false ? '!=' : '='}${Array.isArray(values) ? values.join(',') : ''}`,
  );
  const globs = Array.isArray(hosts) ? hosts.map((glob) => `--host ${glob}`) : [];
  const words = [...named, ...selectors, ...globs];
  return words.length === 0 ? null : words.join(' ');
}

function listOf(value: Json | undefined) {
  return Array.isArray(value) ? value.map((each) => objectOf(each)) : [];
}

/** The reason as it was typed: what is refused has no other. */
function givenWith({ command }: AuditEntry): string | null {
  const { reason } = objectOf(command?.parsed);
  return typeof reason === 'string' ? reason : null;
}

function agentsIn(entries: readonly AuditEntry[]): CommandDeed['parts'][number]['agent'][] {
  const byId = new Map(entries.flatMap(({ agent }) => (agent === undefined ? [] : [[agent.id, agent]])));
  return byId.size === 0 ? [null] : [...byId.values()];
}

/** Each voter once, by the last that was made of them; a vote that was taken back is none. */
function votesIn(entries: readonly AuditEntry[]): CommandDeed['votes'] {
  const votes = new Map<string, string>();
  for (const { event, actor, outcome, facts } of entries) {
    if (event !== 'approval.vote' && event !== 'approval.vote-gone') continue;
    const { user } = objectOf(facts);
    const voter = actor.kind === 'person' ? actor.user : user;
    if (typeof voter !== 'string') continue;
    votes.set(voter, event === 'approval.vote-gone' ? 'taken-back' : (outcome ?? ''));
  }
  return [...votes].map(([user, outcome]) => ({ user, outcome }));
}
