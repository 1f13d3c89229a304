import type { Instant } from './ids.ts';
import { iso } from './ids.ts';
import type { Person } from './person.ts';

/** Whose act an entry records. `outside`: a change that this bot did not make. */
export type Actor =
  | { kind: 'person'; person: Person }
  | { kind: 'bot' }
  | { kind: 'outside' }
  /** Somebody at the bot's own machine, by the command line. */
  | OsUser;

/** A user of an operating system. */
export interface OsUser {
  kind: 'os-user';
  name: string;
  host: string;
}

/** Stable codes; a code never changes its meaning (docs/audit-format.md). */
export const auditEvents = [
  'bot.started',
  'bot.stopped',
  'command.accepted',
  'command.answered',
  'command.refused',
  'command.failed',
  'command.late',
  'commands.limited',
  'call.intended',
  'call.accepted',
  'call.rejected',
  'call.unknown',
  'drain.effect-seen',
  'drain.progressed',
  'drain.framework-left',
  'drain.framework-slow',
  'drain.waiting',
  'drain.moving-again',
  'drain.looked-again',
  'drain.drained',
  'drain.emptied',
  'drain.ended',
  'drain.reminded',
  'drain.adopted',
  'drain.gone-planned',
  'drain.gone-dropped',
  'drain.recall-failed',
  'drain.recalled',
  'drain.hasten-failed',
  'drain.hastened',
  'approval.asked',
  'approval.vote',
  'approval.vote-gone',
  'approval.held',
  'approval.held-anew',
  'approval.needs',
  'approval.released',
  'approval.waits',
  'approval.stands',
  'approval.settled',
  'mark-gone.effect-seen',
  'mark-gone.waiting',
  'mark-gone.ended',
  'reactivation.effect-seen',
  'reactivation.waiting',
  'reactivation.ended',
  'plan.scheduled',
  'plan.begun',
  'plan.line-refused',
  'plan.effect-seen',
  'plan.step-done',
  'plan.waiting',
  'plan.agent-back',
  'plan.line-kept-away',
  'plan.line-failed',
  'plan.wave-begun',
  'plan.wave-ended',
  'plan.halted',
  'plan.resumed',
  'plan.giving-back',
  'plan.marking-dropped',
  'plan.ended',
  'outside.changed',
  'notice.undeliverable',
  'head.signed',
  'store.recovered',
  'policy.changed',
  'policy.broken',
  'database.restored',
  'database.restore-accepted',
  'log.closed',
  'log.continued',
] as const;
export type AuditEvent = (typeof auditEvents)[number];

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What is appended, before the store gives it its number. Keys that don't apply are left out. */
export interface AuditDraft {
  at: Instant;
  event: AuditEvent;
  actor: Actor;
  correlation: string;
  cluster?: string;
  master?: string;
  agent?: { id: string; hostname: string };
  drain?: number;
  /** The plan that it is a part of. */
  plan?: number;
  machines?: { hostname: string; ip: string }[];
  /** On whose approval: its number, and the people whose votes stood. */
  approval?: { id: number; by: { user: string; team: string; name: string }[] };
  /** `via`: it was not typed, but carried by a button. */
  command?: { typed: string; via?: 'button'; parsed?: Json };
  place?: { channel: string; thread?: string };
  reason?: string;
  request?: { call: string; body: string; url?: string };
  response?: { status: number | null; body: string; bodySha256: string; bodyBytes: number };
  decision?: string;
  outcome?: string;
  durationMs?: number;
  facts?: Json;
}

/** One appended fact: the draft with its number and time in the form that is hashed. */
export type AuditEntry = Omit<AuditDraft, 'at' | 'actor'> & {
  v: 1;
  seq: number;
  at: string;
  actor:
    | { kind: 'person'; user: string; team: string; name: string }
    | { kind: 'bot' }
    | { kind: 'outside' }
    | OsUser;
};

/** An entry as it stands in the database. `text` is the canonical JSON, verbatim. */
export interface AuditRow {
  seq: number;
  text: string;
  hash: string;
}

/** The hash before the first entry. */
export const genesis = '0'.repeat(64);

/** Hex sha256 of a UTF-8 text; handed in, so that judgement needs no package. */
export type Sha256 = (text: string) => string;

/** Response bodies are kept up to this many UTF-16 units; their hash and length tell the rest. */
export const bodyLimit = 4096;

export function entryOf(draft: AuditDraft, seq: number): AuditEntry {
  const { at, actor, ...rest } = draft;
  const who =
    actor.kind === 'person'
      ? {
          kind: 'person' as const,
          user: actor.person.userId,
          team: actor.person.teamId,
          name: actor.person.name,
        }
      : actor;
  return wellFormed({ ...rest, v: 1, seq, at: iso(at), actor: who });
}

/** People paste anything, and masters count nanoseconds: a lone surrogate becomes U+FFFD and a number that canonical
 * JSON can't hold a text, so that nothing foreign can keep an entry out of the log. */
function wellFormed<T>(value: T): T {
  if (typeof value === 'number' && (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER))
    return (Number.isInteger(value) ? BigInt(value).toString() : String(value)) as T;
  if (typeof value === 'string') return value.toWellFormed() as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]),
  ) as T;
}

/** RFC 8785 canonical JSON: keys in UTF-16 order, no white space, numbers as ECMAScript writes them.
 * Throws on what JSON can't hold, on lone surrogates and on integers beyond 2^53 (write those as strings). */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      throw new TypeError(`a number that canonical JSON can't hold exactly: ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no UTF-8 form');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${canonical(key)}:${canonical(member)}`)
      .join(',')}}`;
  throw new TypeError(`canonical JSON can't hold a ${typeof value}`);
}

/** `hash` = sha256(previous hash + "\n" + canonical text). */
export function chainHash(sha256: Sha256, previous: string, text: string): string {
  return sha256(`${previous}\n${text}`);
}

/** Foreign text, made fit for the log: cut to {@link bodyLimit}, well-formed, with the hash of the whole. */
export function keptBody(
  sha256: Sha256,
  body: string,
): { body: string; bodySha256: string; bodyBytes: number } {
  return {
    body: body.slice(0, bodyLimit).toWellFormed(),
    bodySha256: sha256(body),
    bodyBytes: new TextEncoder().encode(body).length,
  };
}
