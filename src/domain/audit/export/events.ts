import type { Settlement } from '../../approval.ts';
import type { AuditEntry, AuditEvent } from '../../audit.ts';
import type { DrainEnd } from '../../drain.ts';
import type { MarkGoneEnd } from '../../mark-gone.ts';
import type { PlanEnd } from '../../plan.ts';
import type { ReactivationEnd } from '../../reactivation.ts';

export type EventOutcome = 'success' | 'failure' | 'unknown';

/** The words of both schemas for one kind of event. */
export interface EventKind {
  /** ECS event.category and event.type; null: none of its categories fits, and both are left out. */
  ecs: readonly [category: string, type: string] | null;
  /** OCSF API Activity; `call`: by the name of the call. */
  ocsf: 'create' | 'read' | 'update' | 'other' | 'call';
  /** `by its outcome`: as {@link outcomes} has it. Null: nothing that succeeds or fails. */
  outcome: EventOutcome | 'by its outcome' | null;
  severity: 'informational' | 'low' | 'medium' | 'high';
}

function kind(
  ecs: `${string}/${string}` | null,
  ocsf: EventKind['ocsf'],
  outcome: EventKind['outcome'],
  severity: EventKind['severity'] = 'informational',
): EventKind {
  const [category = '', type = ''] = ecs?.split('/') ?? [];
  return { ecs: ecs === null ? null : [category, type], ocsf, outcome, severity };
}

const seen = kind('host/info', 'other', null);
const changed = kind('host/change', 'other', 'success');
const ended = kind('host/change', 'other', 'by its outcome');
const stuck = kind('host/info', 'other', null, 'low');
const asked = kind('api/info', 'update', null);

/** Every event by its code, as ECS and OCSF see it. */
export const eventKinds: Readonly<Record<AuditEvent, EventKind>> = {
  'bot.started': kind('process/start', 'other', 'success'),
  'bot.stopped': kind('process/end', 'other', 'success'),
  'command.accepted': kind('api/allowed', 'update', 'success'),
  'command.answered': kind('api/access', 'read', 'success'),
  'command.refused': kind('api/denied', 'other', 'failure', 'low'),
  'command.failed': kind('api/info', 'other', 'failure', 'medium'),
  'command.late': kind('api/denied', 'other', 'failure', 'low'),
  'commands.limited': kind('api/denied', 'other', 'failure', 'medium'),
  'call.intended': kind('api/start', 'call', 'unknown'),
  'call.accepted': kind('api/change', 'call', 'success'),
  'call.rejected': kind('api/denied', 'call', 'failure', 'low'),
  'call.unknown': kind('api/info', 'call', 'unknown', 'medium'),
  'drain.effect-seen': changed,
  'drain.progressed': seen,
  'drain.framework-left': seen,
  'drain.framework-slow': seen,
  'drain.waiting': stuck,
  'drain.moving-again': seen,
  'drain.looked-again': seen,
  'drain.drained': changed,
  'drain.emptied': changed,
  'drain.ended': ended,
  'drain.reminded': seen,
  'drain.adopted': changed,
  'drain.gone-planned': seen,
  'drain.gone-dropped': seen,
  'drain.recall-failed': kind('host/info', 'other', 'failure', 'medium'),
  'drain.recalled': changed,
  'drain.hasten-failed': kind('host/info', 'other', 'failure', 'low'),
  'drain.hastened': changed,
  'approval.asked': kind('api/info', 'create', null),
  'approval.vote': asked,
  'approval.vote-gone': asked,
  'approval.held': kind('api/allowed', 'update', null),
  'approval.held-anew': kind('api/allowed', 'update', null),
  'approval.needs': kind('api/info', 'update', null),
  'approval.released': kind('api/denied', 'update', null),
  'approval.waits': kind('api/info', 'update', 'unknown', 'low'),
  'approval.stands': kind('api/allowed', 'update', 'success'),
  'approval.settled': kind('api/end', 'update', 'by its outcome'),
  'mark-gone.effect-seen': changed,
  'mark-gone.waiting': stuck,
  'mark-gone.ended': ended,
  'reactivation.effect-seen': changed,
  'reactivation.waiting': stuck,
  'reactivation.ended': ended,
  'plan.scheduled': changed,
  'plan.begun': changed,
  'plan.line-refused': kind('api/denied', 'other', 'failure', 'low'),
  'plan.effect-seen': changed,
  'plan.step-done': changed,
  'plan.waiting': stuck,
  'plan.agent-back': seen,
  'plan.line-kept-away': changed,
  'plan.line-failed': kind('host/change', 'other', 'failure', 'low'),
  'plan.wave-begun': changed,
  'plan.wave-ended': seen,
  'plan.halted': stuck,
  'plan.resumed': seen,
  'plan.giving-back': seen,
  'plan.marking-dropped': changed,
  'plan.ended': ended,
  'outside.changed': kind('host/change', 'other', 'success', 'medium'),
  'head.signed': kind('process/info', 'other', 'success'),
  'notice.undeliverable': kind(null, 'other', 'failure', 'low'),
  'store.recovered': kind('database/info', 'other', 'success', 'high'),
  'policy.changed': kind('configuration/change', 'other', 'success', 'medium'),
  'policy.broken': kind('configuration/info', 'other', 'failure', 'high'),
  'database.restored': kind('database/change', 'other', null, 'high'),
  'database.restore-accepted': kind('database/change', 'other', 'success', 'medium'),
  'log.closed': kind('database/change', 'other', 'success'),
  'log.continued': kind('database/change', 'other', 'success'),
};

type End =
  | DrainEnd['kind']
  | MarkGoneEnd['kind']
  | PlanEnd['kind']
  | ReactivationEnd['kind']
  | Settlement['how'];

/** How ends count: whether what was asked for came about. `unknown`: it ended for another reason, or nobody can say. */
export const outcomes: Readonly<Record<End, EventOutcome>> = {
  gone: 'success',
  done: 'success',
  active: 'success',
  reactivated: 'success',
  upgraded: 'success',
  used: 'success',
  rejected: 'failure',
  'not-applied': 'failure',
  superseded: 'failure',
  'taken-out-again': 'failure',
  denied: 'failure',
  withdrawn: 'failure',
  stopped: 'failure',
  'taken-back': 'failure',
  expired: 'failure',
  late: 'failure',
  changed: 'failure',
  refused: 'failure',
  failed: 'failure',
  'not-approved': 'failure',
  'not-confirmed': 'failure',
  cancelled: 'failure',
  'no-prompt': 'failure',
  restored: 'failure',
  'plan-ended': 'unknown',
  'drain-ended': 'unknown',
  removed: 'unknown',
  replaced: 'unknown',
  'given-up': 'unknown',
  'lost-sight': 'unknown',
};

/** What an event of a newer version is taken for. */
const unheardOf = kind(null, 'other', null);

export function eventKind({ event }: AuditEntry): EventKind {
  return Object.hasOwn(eventKinds, event) ? eventKinds[event] : unheardOf;
}

/** Null: it is nothing that succeeds or fails. */
export function outcomeOf(entry: AuditEntry): EventOutcome | null {
  const { outcome } = eventKind(entry);
  if (outcome !== 'by its outcome') return outcome;
  const code = entry.outcome ?? '';
  return Object.hasOwn(outcomes, code) ? outcomes[code as End] : 'unknown';
}
