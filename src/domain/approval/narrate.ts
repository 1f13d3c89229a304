import {
  type Approval,
  type ApprovalEvent,
  approversOf,
  type Ballot,
  type Requester,
  type Settlement,
} from '../approval.ts';
import { factsOf } from '../audit/facts.ts';
import { refusalInLog } from '../audit/refusal-in-log.ts';
import type { Actor, AuditDraft } from '../audit.ts';
import { iso, type UserId } from '../ids.ts';
import { inPerson } from '../person.ts';
import type { Hour } from '../time/hour.ts';
import { verbOf } from './asked.ts';
import { type ApprovalNews, aboutApproval, type VoteRefused } from './news.ts';
import { missingOf } from './quorum.ts';

/** What an event of an approval leaves behind. */
export interface ApprovalNarration {
  audit: Pick<AuditDraft, 'event' | 'outcome' | 'facts' | 'actor'>;
  /** In the question's thread. `broadcast`: shown in the channel too. */
  say: { news: ApprovalNews; broadcast: boolean } | null;
  /** To one person alone. */
  whisper: { to: UserId; refused: Omit<VoteRefused, 'approving'> } | null;
}

const bot: Actor = { kind: 'bot' };

/** `before` and `after` are the approval on either side of `event`. Every vote is filed, also those that don't count. */
export function narrateApproval(before: Approval, after: Approval, event: ApprovalEvent): ApprovalNarration {
  switch (event.type) {
    case 'voted':
      return voted(after, event.ballot);
    case 'vote-gone': {
      const { ballot } = event;
      const counted = ballot.verdict !== null && ballot.verdict.is !== 'refused' && ballot.by !== null;
      return {
        audit: { event: 'approval.vote-gone', actor: actorOf(ballot.by), ...inFacts(ballot) },
        say:
          counted && ballot.by !== null && before.state.status !== 'settled'
            ? quiet({ news: 'taken-back', by: inPerson(ballot.by) })
            : null,
        whisper: null,
      };
    }
    case 'held':
      return {
        audit: {
          event: 'approval.held',
          actor: bot,
          facts: factsOf({ by: event.by, until: event.until, ...hourInFacts(after) }),
        },
        say: quiet({ news: 'held', by: event.by, until: event.until, anew: false, ...hourOf(after) }),
        whisper: null,
      };
    case 'held-anew': {
      const by = after.state.status === 'holding' ? after.state.by : [];
      return {
        audit: {
          event: 'approval.held-anew',
          actor: bot,
          facts: factsOf({ until: event.until, ...hourInFacts(after) }),
        },
        say: quiet({ news: 'held', by, until: event.until, anew: true }),
        whisper: null,
      };
    }
    case 'released':
      return {
        audit: { event: 'approval.released', actor: bot },
        say: quiet({ news: 'released' }),
        whisper: null,
      };
    case 'waits': {
      const { why, at } = event;
      const since = after.state.status === 'standing' ? (after.state.waits?.since ?? at) : at;
      return {
        audit: { event: 'approval.waits', actor: bot, facts: factsOf({ since, why }) },
        // It is filed from the first, and told when it has lasted.
        say: event.tell ? quiet({ news: 'waits', since, why }) : null,
        whisper: null,
      };
    }
    case 'needs': {
      const { needed, oneOf } = event;
      const missing = missingOf(after.ballots, after);
      return {
        audit: {
          event: 'approval.needs',
          actor: bot,
          facts: factsOf({ needed, oneOf, before: { needed: before.needed, oneOf: before.oneOf } }),
        },
        say: quiet({ news: 'needs', needed, oneOf, votes: approversOf(after).length, missing }),
        whisper: null,
      };
    }
    case 'stands': {
      const by = after.state.status === 'standing' ? after.state.by : [];
      return {
        audit: { event: 'approval.stands', actor: bot, facts: factsOf({ by }) },
        say: quiet({
          news: 'stands',
          by,
          drain: event.drain,
          already: before.of === 'agent' && before.witness !== null,
        }),
        whisper: null,
      };
    }
    case 'settled': {
      const { how, again } = event;
      const wasStanding = before.state.status === 'standing';
      return {
        audit: {
          event: 'approval.settled',
          outcome: how.how,
          actor: 'by' in how && !Array.isArray(how.by) ? { kind: 'person', person: how.by } : bot,
          facts: factsOf({ ...inLog(how), ...(again === null ? {} : { again }) }),
        },
        say: {
          news: { news: 'settled', how, wasStanding, again },
          // The channel hears of an end that somebody waits for; a call that leaves is told by what it does.
          broadcast: how.how !== 'used',
        },
        whisper: null,
      };
    }
  }
}

function voted(after: Approval, ballot: Ballot): ApprovalNarration {
  const { verdict, by, user, mark } = ballot;
  const { outcome, facts } = inFacts(ballot);
  const audit = {
    event: 'approval.vote' as const,
    actor: actorOf(by),
    outcome,
    // By which the log is searched for what somebody voted on (migrations/009).
    facts: { ...facts, command: verbOf(after) },
  };
  if (verdict === null || (by === null && verdict.is !== 'refused'))
    return { audit, say: null, whisper: null };
  switch (verdict.is) {
    case 'refused': {
      // Nobody reads what these would be told.
      const mute = verdict.why === 'bot' || verdict.why === 'nobody' || verdict.why === 'deactivated';
      const refused = { about: aboutApproval(after), mark, why: verdict.why };
      return { audit, say: null, whisper: mute ? null : { to: user, refused } };
    }
    case 'approves': {
      const missing = missingOf(after.ballots, after);
      const news = {
        news: 'counted' as const,
        by: inPerson(by as Requester),
        votes: approversOf(after).length,
        needed: after.needed,
        missing,
      };
      // The one that is enough is told with the hold that it begins.
      return { audit, say: missing === null ? null : quiet(news), whisper: null };
    }
    case 'objects':
      return { audit, say: quiet({ news: 'objected', by: inPerson(by as Requester) }), whisper: null };
    case 'denies':
    case 'withdraws':
    case 'stops': // told by what follows from it
      return { audit, say: null, whisper: null };
  }
}

function inFacts({ user, mark, verdict }: Ballot) {
  const outcome =
    verdict === null ? 'not-judged' : verdict.is === 'refused' ? `refused ${verdict.why}` : verdict.is;
  return { outcome, facts: { user, mark } };
}

/** Why it ended, without what only the answer to a typist shows. */
function inLog(how: Settlement) {
  return how.how === 'refused' ? { ...how, refusal: refusalInLog(how.refusal) } : how;
}

function actorOf(by: Requester | null): Actor {
  return by === null ? bot : { kind: 'person', person: inPerson(by) };
}

function quiet(news: ApprovalNews) {
  return { news, broadcast: false };
}

/** What it waits for after its hold. */
function hourOf({ hour }: Approval): { hour?: Hour } {
  return hour === undefined ? {} : { hour };
}

/** For the log, whose readers have no zone. */
function hourInFacts({ hour }: Approval): { hour?: string } {
  return hour === undefined ? {} : { hour: iso(hour.at) };
}
