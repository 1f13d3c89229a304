import { type PlanId, showApprovalId, showDrainId, showPlanId } from '../../../domain/ids.ts';
import type { HaltReason, LineFailure } from '../../../domain/rolling.ts';
import { driftWords } from '../approvals/drift.ts';
import { causeInShort } from '../drains/cause-short.ts';
import { refusalInShort } from '../refusals/in-short.ts';
import { agentName } from '../text/agent-name.ts';
import { clause, mention, plain } from '../text/escape.ts';
import { objectionWords } from './objection-words.ts';

/** Why a rolling drain begins no further wave, in a clause without names: where there is no room for all of it. */
export function haltInShort(code: HaltReason['code']): string {
  return shorts[code];
}

const shorts: Record<HaltReason['code'], string> = {
  paused: 'somebody paused it',
  'line-failed': 'an agent came to another end than was meant',
  'line-refused': 'an agent was refused at its turn',
  stuck: 'an agent is stuck',
  refused: 'a rule is against it',
  wave: 'the next wave would take too much at once',
  gate: 'the gate does not let it through',
  votes: 'its approval does not stand any more',
  unreadable: 'the cluster can’t be read',
};

/** The same with all that is known of it, without its stop. */
export function haltWords(why: HaltReason): string {
  switch (why.code) {
    case 'paused':
      return `paused by ${mention(why.by.userId)}`;
    case 'line-failed':
      return `${agentName(why)} came to another end than was meant: ${failureWords(why.why)}`;
    case 'line-refused':
      return `${agentName(why)} was refused at its turn: ${refusalInShort(why.refusal, agentName(why))}`;
    case 'stuck':
      return `${agentName(why)} is stuck (${showDrainId(why.drain)}): ${causeInShort(why.cause)}`;
    case 'refused':
      return refusalInShort(why.refusal);
    case 'wave':
      return `of the next wave: ${objectionWords(why.objection)}`;
    case 'gate':
      return `the gate ${clause(why.why, 300)}`;
    case 'votes':
      return `approval ${showApprovalId(why.approval)} does not stand any more: ${clause(why.why, 200)}`;
    case 'unreadable':
      return `the cluster can’t be read: ${clause(why.why, 200)}`;
  }
}

/** What a person does about it: sentences. */
export function haltWayOut(why: HaltReason, plan: PlanId): string {
  const resume = `\`/mesos resume ${showPlanId(plan)}\``;
  switch (why.code) {
    case 'paused':
      return `${resume} lets it go on.`;
    case 'line-failed':
      return `Look at that agent; ${resume} goes on with the others.`;
    case 'line-refused':
      return `Mend it, and ${resume} tries that agent once more; refused again, it is left out.`;
    case 'stuck':
      return `\`/mesos status ${showDrainId(why.drain)}\` says what helps; ${resume} lets the plan go on once it moves. Its wave waits for it.`;
    case 'gate':
      return `Once your monitoring is well: ${resume}, which asks the gate again.`;
    case 'votes':
      return `${resume} goes on without marking anything gone; to mark agents gone, ask anew for each of them.`;
    case 'refused':
    case 'wave':
    case 'unreadable':
      return `Once that has changed: ${resume}, which judges all of it anew.`;
  }
}

/** How an agent came to another end than was meant: a clause. */
export function failureWords(why: LineFailure): string {
  switch (why.code) {
    case 'rejected':
      return `the master refused it${why.httpStatus === null ? '' : ` (${why.httpStatus})`}: ${clause(why.body, 120)}`;
    case 'not-applied':
      return 'the call was not applied';
    case 'ended-otherwise':
      return `its end is “${plain(why.end.replaceAll('-', ' '), 40)}”`;
    case 'not-marked':
      return `it was not marked gone, and stays out of service. ${why.what.map(driftWords).join(' ')}`;
    case 'return-ended':
      return `its return to service ended otherwise (“${plain(why.end.replaceAll('-', ' '), 40)}”): see whether it takes tasks`;
    case 'reactivated-elsewhere':
      return 'somebody else put it back into service';
    case 'drained-elsewhere':
      return 'somebody else drains it';
    case 'gone':
      return 'it was marked gone';
    case 'removed':
      return 'it is not in the cluster any more';
    case 'not-returned':
      return `it can’t be put back into service: ${refusalInShort(why.refusal)}`;
  }
}
