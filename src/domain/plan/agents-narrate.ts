import { factsOf } from '../audit/facts.ts';
import type { AuditDraft } from '../audit.ts';
import type { Notice } from '../notice.ts';
import type { AgentsPlan } from '../plan.ts';
import { type AgentsPlanEvent, tallyOf } from './agents-evolve.ts';
import type { PlanAbout } from './news.ts';

interface Narration {
  audit: Pick<AuditDraft, 'event' | 'agent' | 'decision' | 'outcome' | 'facts'> | null;
  say: { notice: Notice; broadcast: boolean } | null;
}

const nothing: Narration = { audit: null, say: null };

/** What an event of a plan over agents leaves behind. What its lines do, their own records tell. */
export function narrateAgentsPlan(before: AgentsPlan, after: AgentsPlan, event: AgentsPlanEvent): Narration {
  const about: PlanAbout = {
    plan: after.id,
    work: after.work,
    requester: after.requester.userId,
    agents: after.lines.length,
  };
  switch (event.type) {
    case 'asked': // the question tells
    case 'scheduled': // the card tells, and the entry of the command
    case 'line-begun': // its call's intent tells
    case 'line-ended':
      return nothing;
    case 'begun': // its entry is that of the command, of the question, or of the hour
      return before.state.status === 'scheduled'
        ? {
            audit: null,
            say: { notice: { kind: 'plan', about, news: { news: 'hour-came' } }, broadcast: false },
          }
        : nothing;
    case 'line-refused': {
      const line = after.lines.find(({ agentId }) => agentId === event.agentId);
      const hostname = line?.hostname ?? '';
      const { refusal } = event;
      return {
        audit: {
          event: 'plan.line-refused',
          agent: { id: event.agentId, hostname },
          decision: refusal.code,
        },
        say: {
          notice: { kind: 'plan', about, news: { news: 'line-refused', hostname, refusal } },
          broadcast: false,
        },
      };
    }
    case 'rest-dropped': {
      const dropped = tallyOf(after).dropped - tallyOf(before).dropped;
      const { begun } = tallyOf(after);
      return {
        audit: null, // the entry of the command
        say: {
          notice: {
            kind: 'plan',
            about,
            news: { news: 'rest-dropped', by: event.by.userId, dropped, goOn: begun },
          },
          broadcast: false,
        },
      };
    }
    case 'ended': {
      const wasSeen = before.state.status === 'running' || before.state.status === 'scheduled';
      const tally = tallyOf(after);
      const failed = after.lines.filter(
        ({ state }) => state.is === 'refused' || (state.is === 'ended' && !state.well),
      );
      return {
        audit: { event: 'plan.ended', outcome: event.end.kind, facts: factsOf(tally) },
        say: wasSeen
          ? {
              notice: {
                kind: 'plan',
                about,
                news: {
                  news: 'ended',
                  end: event.end,
                  ...(before.state.status === 'scheduled' ? { notBegun: true as const } : {}),
                  tally,
                  failed: failed.map(({ hostname }) => hostname),
                },
              },
              broadcast: true,
            }
          : null,
      };
    }
  }
}
