import type { Mark, Settlement, Verdict, VoteRefusal } from '../../../domain/approval.ts';
import type { AuditEntry } from '../../../domain/audit.ts';
import type { DrainEnd } from '../../../domain/drain.ts';
import type { MarkGoneEnd } from '../../../domain/mark-gone.ts';
import type { ReactivationEnd } from '../../../domain/reactivation.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { causeOfCode } from '../drains/cause-short.ts';
import { goneCauseOfCode } from '../mark-gone/gone-cause.ts';
import { plain } from '../text/escape.ts';

const proofs: Record<string, string> = {
  'master-and-agent': 'master and agent both say so',
  'master-only': 'only the master says so',
};

const settlements: Record<Settlement['how'], string> = {
  used: 'approved and used',
  denied: 'denied',
  withdrawn: 'withdrawn by who asked',
  stopped: 'stopped',
  'taken-back': 'an approval was taken back',
  expired: 'ran out',
  late: 'approved, but its call could not leave in time',
  changed: 'void, things were no longer as shown',
  refused: 'void, refused by then',
  'no-prompt': 'void, its message was no question any more',
  'drain-ended': 'its drain had ended',
  'plan-ended': 'its plan had ended',
  restored: 'void, the database was restored from the past',
};

const verdicts: Record<Exclude<Verdict['is'], 'refused'>, string> = {
  approves: 'approved',
  denies: 'denied',
  withdraws: 'withdrew the question',
  stops: 'stopped the call',
  objects: 'objected',
};

const refusals: Record<VoteRefusal, string> = {
  'own-vote': 'of who asked',
  'not-entitled': 'of one who is no approver',
  bot: 'of a bot',
  guest: 'of a guest',
  deactivated: 'of a deactivated account',
  'other-workspace': 'of another workspace',
  'no-team': 'of an account without a workspace',
  nobody: 'of an unknown user',
  'shared-channel': 'in a shared channel',
  expired: 'after the end',
  settled: 'on a settled question',
  'not-a-vote': 'with a sign that is no vote',
};

const marks: Record<Mark, string> = {
  approve: 'an approval',
  deny: 'a denial',
  stop: 'a stop',
  mistaken: 'a reaction',
};

/** Where the code itself says too little to whoever was not there. */
const noes: Partial<Record<Refusal['code'], string>> = {
  'bad-command': 'not understood',
  'limit-reached': 'too many drains were open',
  'not-operator': 'no operator',
  'person-unknown': 'Slack could not say who it was',
};

/** Why a command was refused, by its code. */
export function refusedFor(code: string | undefined): string {
  return wordFor(noes, code);
}

/** A stable code as words, after a colon: `not-operator` → `: not operator`. Nothing for none. */
export function spelled(code: string | undefined): string {
  if (code === undefined) return '';
  return `: ${causeOfCode(code) ?? goneCauseOfCode(code) ?? wordFor(proofs, code)}`;
}

/** How a question was settled, by its code. */
export function settlementWord(code: string | undefined): string {
  return wordFor(settlements, code);
}

const ends: Record<DrainEnd['kind'] | MarkGoneEnd['kind'] | ReactivationEnd['kind'], string> = {
  gone: 'gone',
  active: 'back in service',
  reactivated: 'back in service',
  rejected: 'rejected by the master',
  'not-applied': 'not applied, nothing happened',
  superseded: 'changed by somebody else',
  upgraded: 'taken over by a drain',
  removed: 'removed from the cluster',
  replaced: 'replaced by a new agent',
  'given-up': 'no longer followed',
  'lost-sight': 'lost sight of',
  'taken-out-again': 'taken out of service again',
};

/** How work on an agent ended, by the code of the end. */
export function endWord(code: string): string {
  return wordFor(ends, code);
}

/** Whose reaction it was, by its user id; null where the entry does not say. */
export function voterOf({ actor, facts }: AuditEntry): string | null {
  if (actor.kind === 'person') return actor.user;
  const user = factOf(facts, 'user');
  return typeof user === 'string' ? user : null;
}

/** What one vote counted as, as a predicate; with the mark and the reason where it did not count. */
export function voteWords({ outcome, facts }: Pick<AuditEntry, 'outcome' | 'facts'>): string {
  const mark = factOf(facts, 'mark');
  const what = typeof mark === 'string' ? wordFor(marks, mark) : 'a vote';
  if (outcome === undefined || outcome === 'not-judged')
    return `reacted: ${what} that could not be judged yet`;
  const why = /^refused (.*)$/s.exec(outcome)?.[1];
  if (why !== undefined) return `reacted: ${what} ${wordFor(refusals, why)}, not counted`;
  return wordFor(verdicts, outcome);
}

function factOf(facts: AuditEntry['facts'], name: string) {
  return facts !== null && typeof facts === 'object' && !Array.isArray(facts) ? facts[name] : undefined;
}

function wordFor(words: Record<string, string>, code: string | undefined): string {
  return code !== undefined && Object.hasOwn(words, code) ? (words[code] ?? '') : asRead(code ?? 'not known');
}

function asRead(code: string): string {
  return plain(code.replaceAll('-', ' '), 160);
}
