import { factsOf } from '../audit/facts.ts';
import type { Actor, AuditDraft } from '../audit.ts';
import { after as later } from '../ids.ts';
import type { Notice } from '../notice.ts';
import type { RollingLine, RollingPhase, RollingPlan } from '../rolling.ts';
import type { LineMoved, RollingEvent } from './events.ts';
import { mayHalt } from './halt.ts';
import { factsOfFailure, factsOfHalt } from './halt-facts.ts';
import { aboutRolling, type NextWave, type RollingNews } from './news.ts';
import { isToBegin } from './standing.ts';
import { tallyOfRolling } from './tally.ts';

interface Narration {
  audit: (Pick<AuditDraft, 'event' | 'agent' | 'decision' | 'outcome' | 'facts'> & { actor?: Actor }) | null;
  say: { notice: Notice; broadcast: boolean } | null;
}

/** What an event of a rolling plan leaves behind. The records of its agents file their own steps. */
export function narrateRolling(before: RollingPlan, after: RollingPlan, event: RollingEvent): Narration {
  const about = aboutRolling(after);
  switch (event.type) {
    case 'scheduled': // the entry of the command, and the card
    case 'asked': // the question tells
      return { audit: null, say: null };
    case 'begun': // its entry is that of the command, of the question, or of the hour
      return {
        audit: null,
        say: before.state.status === 'scheduled' ? say({ news: 'hour-came' }) : null,
      };
    case 'line-moved':
      return ofLine(event);
    case 'phase-begun':
      return ofPhase(event.phase);
    case 'wave-ended': {
      const lines = linesOf(event.wave);
      return {
        audit: {
          event: 'plan.wave-ended',
          facts: factsOf({
            wave: event.wave,
            agents: lines.map(({ agentId, hostname, state }) => ({ agentId, hostname, is: state.is })),
          }),
        },
        say: say({
          news: 'wave-ended',
          wave: event.wave,
          lines: lines.map(({ agentId, hostname, state }) => ({ agentId, hostname, state })),
          next: next(null),
        }),
      };
    }
    case 'waits': {
      const since = after.state.status === 'running' ? (after.state.waits?.since ?? event.at) : event.at;
      if (!event.tell) return { audit: null, say: null };
      return {
        audit: { event: 'plan.waiting', outcome: event.why.code, facts: factsOfHalt(event.why) },
        say: say({ news: 'waiting', why: event.why, since }),
      };
    }
    case 'halted':
      return {
        audit: {
          event: 'plan.halted',
          outcome: event.why.code,
          facts: factsOfHalt(event.why),
          ...(event.why.code === 'paused' ? { actor: { kind: 'person', person: event.why.by } } : {}),
        },
        say: say({ news: 'halted', why: event.why, goOn: goOn(), toBegin: toBegin().length }),
      };
    case 'resumed':
      return {
        audit: { event: 'plan.resumed', actor: { kind: 'person', person: event.by } },
        say: say({ news: 'resumed', by: event.by.userId }),
      };
    case 'marking-dropped':
      return { audit: { event: 'plan.marking-dropped' }, say: say({ news: 'marking-dropped' }) };
    case 'ended': {
      const tally = tallyOfRolling(after);
      const keptAway = after.lines.filter(({ state }) => state.is === 'kept-away' && state.ours);
      return {
        audit: {
          event: 'plan.ended',
          outcome: event.end.kind,
          facts: factsOf({ ...tally, keptAway: keptAway.map(({ agentId }) => agentId) }),
        },
        say:
          before.state.status === 'running' || before.state.status === 'scheduled'
            ? say(
                {
                  news: 'ended',
                  end: event.end,
                  tally,
                  failed: namesOf(({ is }) => is === 'failed' || is === 'refused'),
                  keptAway: keptAway.map(({ hostname }) => hostname),
                  ...(before.state.status === 'scheduled' ? { notBegun: true as const } : {}),
                },
                true,
              )
            : null,
      };
    }
  }

  function ofLine({ agentId, from, to }: LineMoved): Narration {
    const line = after.lines.find((each) => each.agentId === agentId);
    const hostname = line?.hostname ?? '';
    const agent = { id: agentId, hostname };
    switch (to.is) {
      case 'kept-away':
        if (to.leftOut !== null)
          return {
            audit: { event: 'plan.line-refused', agent, decision: to.leftOut.code },
            say: say({ news: 'line-left-out', hostname, refusal: to.leftOut, givenBack: true }),
          };
        // A second look at one that is kept away already is no news; what came of its drain, that has told.
        if (from === 'kept-away' || from === 'draining') return { audit: null, say: null };
        return {
          audit: { event: 'plan.line-kept-away', agent, outcome: to.ours ? 'accepted' : 'before' },
          say: null,
        };
      case 'refused':
        return {
          audit: { event: 'plan.line-refused', agent, decision: to.refusal.code },
          say: say({ news: 'line-left-out', hostname, refusal: to.refusal, givenBack: false }),
        };
      case 'failed': {
        const { why } = to;
        const elsewhere = why.code === 'reactivated-elsewhere' || why.code === 'drained-elsewhere';
        return {
          audit: {
            event: 'plan.line-failed',
            agent,
            outcome: why.code,
            facts: factsOfFailure(why),
            ...(elsewhere ? { actor: { kind: 'outside' } } : {}),
          },
          // Else the halt tells, which follows at once.
          say: mayHalt(after) ? null : say({ news: 'line-failed', hostname, why }),
        };
      }
      case 'todo':
      case 'deactivating':
      case 'draining':
      case 'drained':
      case 'marking':
      case 'returning':
      case 'done':
      case 'given-back':
      case 'dropped':
        return { audit: null, say: null };
    }
  }

  function ofPhase(phase: RollingPhase): Narration {
    switch (phase.at) {
      case 'deactivating':
        return { audit: null, say: null };
      case 'between': {
        const was = before.state.status === 'running' ? before.state.phase.at : null;
        if (was !== 'deactivating') return { audit: null, say: null };
        const kept = after.lines.filter(({ state }) => state.is === 'kept-away');
        const ours = kept.filter(({ state }) => state.is === 'kept-away' && state.ours).length;
        return {
          audit: null,
          say: say({ news: 'kept-away', kept: ours, before: kept.length - ours, next: next(phase) }),
        };
      }
      case 'wave':
        return {
          audit: {
            event: 'plan.wave-begun',
            facts: factsOf({
              wave: phase.wave,
              agents: linesOf(phase.wave)
                .filter(({ state }) => isToBegin(state))
                .map(({ agentId, hostname }) => ({ agentId, hostname })),
            }),
          },
          say: null,
        };
      case 'giving-back': {
        const giveBack = after.lines.filter(
          ({ state }) => state.is === 'deactivating' || (state.is === 'kept-away' && state.ours),
        ).length;
        return {
          audit: {
            event: 'plan.giving-back',
            actor: { kind: 'person', person: phase.by },
            facts: factsOf({ agents: giveBack }),
          },
          say: say({ news: 'cancelled', by: phase.by.userId, goOn: goOn(), giveBack }),
        };
      }
    }
  }

  function say(news: RollingNews, broadcast = false): Narration['say'] {
    return { notice: { kind: 'rolling', about, news }, broadcast };
  }
  function linesOf(wave: number): RollingLine[] {
    return after.lines.filter((line) => line.wave === wave);
  }
  function toBegin(): RollingLine[] {
    return after.lines.filter(({ state }) => isToBegin(state));
  }
  function goOn(): number {
    return namesOf(({ is }) => is === 'draining' || is === 'marking' || is === 'returning').length;
  }
  function namesOf(test: (state: RollingLine['state']) => boolean): string[] {
    return after.lines.filter(({ state }) => test(state)).map(({ hostname }) => hostname);
  }
  /** `phase` null: what comes after the wave that ended. */
  function next(phase: Extract<RollingPhase, { at: 'between' }> | null): NextWave | null {
    const open = toBegin();
    if (open.length === 0) return null;
    const wave = phase?.wave ?? Math.min(...open.map((line) => line.wave));
    const notBefore = phase?.notBefore ?? later(event.at, after.work.pause * 1000);
    return {
      wave,
      hostnames: open.filter((line) => line.wave === wave).map(({ hostname }) => hostname),
      notBefore,
    };
  }
}
