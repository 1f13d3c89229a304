import { plain as asTyped } from '../../../commands/slack-escapes.ts';
import { objectOf } from '../../../domain/audit/deed-state.ts';
import type { AuditEntry, AuditEvent, Json } from '../../../domain/audit.ts';
import { outsideWord } from '../outside.ts';
import { code, mention, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { refusedFor, settlementWord, spelled, voterOf, voteWords } from './audit-codes.ts';

/** Who did it, as a subject. */
export function actorWords({ actor }: Pick<AuditEntry, 'actor'>): string {
  switch (actor.kind) {
    case 'person':
      return mention(actor.user);
    case 'bot':
      return 'the bot';
    case 'outside':
      return 'somebody outside the bot';
    case 'os-user':
      return `${plain(actor.name, 60)} on ${plain(actor.host, 60)}`;
  }
}

function commandWords({ command }: AuditEntry): string {
  if (command === undefined) return 'typed a command';
  // Slack's own marks undone: what was typed, not what was sent.
  const words = code(`/mesos ${asTyped(command.typed)}`, 120);
  return command.via === 'button' ? `clicked a button for ${words}` : `typed ${words}`;
}

/** Who did what, and what came of it. */
export function eventWords(entry: AuditEntry): string {
  const who = actorWords(entry);
  const typed = commandWords(entry);
  const call = plain(entry.request?.call ?? 'a call', 40);
  const status = entry.response?.status == null ? '' : ` (${entry.response.status})`;
  const outcome = spelled(entry.outcome);
  const reacting = voterOf(entry);
  const voter = reacting === null ? 'somebody' : mention(reacting);
  const words: Record<AuditEvent, string> = {
    'bot.started': `${who} started`,
    'bot.stopped': `${who} stopped`,
    'command.accepted': `${who} ${typed}: accepted`,
    'command.answered': `${who} ${typed}: answered`,
    'command.refused': `${who} ${typed}: refused, ${refusedFor(entry.decision)}`,
    'command.failed': `${who} ${typed}: failed${outcome.replace(':', ',')}`,
    'command.late': `${who} ${typed}: picked up too late, not run`,
    'commands.limited': `${who} typed too many commands`,
    'call.intended': intentWords(entry, who, call, typed),
    'call.accepted': `${call} for ${who}: accepted by the master${status}`,
    'call.rejected': `${call} for ${who}: rejected by the master${status}`,
    'call.unknown': `${call} for ${who}: no clear answer${status}`,
    'drain.effect-seen': `${who} saw on the master that the call took effect`,
    'drain.progressed': `${who} saw ${tasksLeft(entry.facts)}`,
    'drain.framework-left': `${who} saw the last task${ofFramework(entry.facts)} gone`,
    'drain.framework-slow': `${who} found that the tasks${ofFramework(entry.facts)} take longer to leave than before`,
    'drain.waiting': `${who} found the drain stuck${outcome}`,
    'drain.looked-again': `${who} looked at the drain again, after a time in which nobody did`,
    'drain.moving-again': `${who} saw the drain move again`,
    'drain.drained': `${who} proved it DRAINED${outcome}`,
    'drain.emptied': `${who} proved that the deactivated agent holds nothing${outcome}`,
    'drain.ended': `${who} ended the drain${outcome}`,
    'drain.reminded': `${who} reminded people that it is still out of service${outcome}`,
    'drain.adopted': `${who} goes on from a drain that somebody else began`,
    'drain.gone-planned': `${who} planned the second call: mark it gone once it is proven empty`,
    'drain.gone-dropped': `${who} dropped the mark gone: a plain drain from here on`,
    'drain.recall-failed': `${who} found the mark gone not taken back${outcome}`,
    'drain.recalled': `${who} saw on the master that the mark gone is taken back`,
    'drain.hasten-failed': `${who} found the drain not hastened${outcome}`,
    'drain.hastened': `${who} saw on the master that the drain has the shorter grace`,
    'approval.asked': `${who} ${typed}: a second person is asked to approve it`,
    'approval.vote': `${voter} ${voteWords(entry)}`,
    'approval.vote-gone': `${voter} took a reaction back (${voteWords(entry)})`,
    'approval.held': `${who} found enough approvals: the call waits in sight before it leaves`,
    'approval.held-anew': `${who} began the wait before the call anew, after a restart`,
    'approval.needs': `${who} found that the policy asks for other votes by now`,
    'approval.waits': `${who} could not tell whether the second call may leave: it waits`,
    'approval.released': `${who} found approvals missing again, or an objection: nothing leaves for now`,
    'approval.stands': `${who} found the approval to stand: what can be undone goes first, the call that can't later`,
    'approval.settled': `${who} settled the question: ${settlementWord(entry.outcome)}`,
    'mark-gone.effect-seen': `${who} saw on the master that it is to be marked gone`,
    'mark-gone.waiting': `${who} has no proof yet that it is gone${outcome}`,
    'mark-gone.ended': `${who} ended the mark gone${entry.outcome === 'gone' ? ': gone, proven by the registry' : outcome}`,
    'reactivation.effect-seen': `${who} saw on the master that the reactivation took effect`,
    'reactivation.waiting': `${who} found the reactivated agent not back yet${outcome}`,
    'reactivation.ended': `${who} ended the reactivation${outcome}`,
    'plan.scheduled': `${who} scheduled the plan${outcome}`,
    'plan.begun': `${who} began the plan${outcome}`,
    'plan.line-refused': `${who} left an agent of the plan out: ${refusedFor(entry.decision)}`,
    'plan.effect-seen': `${who} saw on the master that the call took effect`,
    'plan.step-done': `${who} saw on the master what the call was for${outcome}`,
    'plan.waiting': `${who} found the plan waiting${outcome}`,
    'plan.line-kept-away': `${who} saw on the master that new tasks are kept away from it`,
    'plan.line-failed': `${who} found the agent come to another end than the plan had it for${outcome}`,
    'plan.wave-begun': `${who} began ${waveOf(entry.facts)} of the plan`,
    'plan.wave-ended': `${who} saw the end of ${waveOf(entry.facts)} of the plan`,
    'plan.halted': `${who} ${haltWords(entry)}`,
    'plan.resumed': `${who} let the plan go on`,
    'plan.giving-back': `${who} stopped the plan, and gives back what it only kept away`,
    'plan.marking-dropped': `${who} marks no agent of the plan gone any more`,
    'plan.agent-back': `${who} saw an agent on the machine again${outcome}`,
    'plan.ended': `${who} ended the plan${outcome}`,
    'store.recovered': `${who} could use its database again, which took nothing for a while${outcome}`,
    'policy.changed': `${who} ${policyWords(entry)}`,
    'policy.broken': `${who} could not read the policy: the one before stands, and nothing irreversible is done`,
    'database.restored': `${who} found its database restored from the past${outcome}: changes wait`,
    'database.restore-accepted': `${who} accepted the restored database`,
    'head.signed': `${who} signed the head of the log`,
    'log.closed': `${who} closed this file of the log: it goes on in another`,
    'log.continued': `${who} began a new file of the log: what came before is in an archive`,
    'outside.changed': `${who} changed it: ${outsideWord(entry.outcome)}`,
    'notice.undeliverable': `${who} could not deliver a message${outcome}`,
  };
  // A newer version of the bot may have written events that this one has no words for.
  return words[entry.event] ?? `${who}: ${plain(entry.event, 60)}`;
}

/** What became of the policy of a cluster. */
function policyWords({ outcome, cluster = 'the cluster', facts }: AuditEntry): string {
  const { changes = null } =
    facts !== null && typeof facts === 'object' && !Array.isArray(facts) ? facts : {};
  const of = `the policy of ${plain(cluster, 64)}`;
  const settings = Array.isArray(changes) ? ` (${count(changes.length, 'setting')} changed)` : '';
  if (outcome === 'first') return `filed ${of}, the first in this log`;
  return outcome === 'restored'
    ? `could read ${of} again${settings}`
    : `took another policy: ${of}${settings}`;
}

/** A call is about to leave: by a command just now, by a question that was approved, or once more by the bot itself. */
function intentWords({ command, decision }: AuditEntry, who: string, call: string, typed: string): string {
  if (command === undefined)
    return `${who} is about to send ${call} again (${plain(decision ?? 'on its own', 40)})`;
  return decision === 'approved'
    ? `${call} is about to be sent for ${who}`
    : `${who} ${typed}: allowed, about to send ${call}`;
}

/** Of which framework, as far as the log has its name. */
function ofFramework(facts: Json | undefined): string {
  const { name, framework } = objectOf(facts);
  const who = typeof name === 'string' ? name : framework;
  return typeof who === 'string' ? ` of ${plain(who, 80)}` : '';
}

/** Which one, and of which agents, as far as the log has it. */
function waveOf(facts: Json | undefined): string {
  const { wave, agents } = objectOf(facts);
  if (typeof wave !== 'number') return 'a wave';
  const names = (Array.isArray(agents) ? agents : [])
    .map((agent) => {
      const { hostname } = objectOf(agent);
      return hostname;
    })
    .filter((name) => typeof name === 'string')
    .map((name) => plain(name, 80));
  return `wave ${wave}${names.length === 0 ? '' : ` (${enumerate(names, 5)})`}`;
}

/** By whom or why, and at which agent, as far as the log has it. */
function haltWords({ outcome, facts }: AuditEntry): string {
  if (outcome === 'paused') return 'paused the plan';
  const { hostname, refusal, why } = objectOf(facts);
  const details = [hostname, refusal, why].filter((detail) => typeof detail === 'string');
  return `halted the plan${spelled(outcome)}${details.length === 0 ? '' : ` (${plain(details.join(', '), 200)})`}`;
}

/** `5 of 8 tasks left`; the first look finds all of them. */
function tasksLeft(facts: Json | undefined): string {
  const { left = null, of = null } =
    facts !== null && typeof facts === 'object' && !Array.isArray(facts) ? facts : {};
  if (typeof left !== 'number') return 'tasks end';
  if (typeof of !== 'number') return `${count(left, 'task')} left`;
  return left === of ? `all ${count(of, 'task')} still there` : `${left} of ${count(of, 'task')} left`;
}
