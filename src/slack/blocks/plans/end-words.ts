import type { DrainEnd } from '../../../domain/drain.ts';
import { showDrainId } from '../../../domain/ids.ts';
import type { ReactivationEnd } from '../../../domain/reactivation.ts';
import { plain } from '../text/escape.ts';

/** How a drain that is one line of many ended: a phrase. */
export function drainEndWord(end: DrainEnd, wasDrained: boolean): string {
  const before = wasDrained ? 'was drained; ' : '';
  switch (end.kind) {
    case 'rejected':
      return '*the master refused it*';
    case 'not-applied':
      return '*the call was not applied*';
    case 'superseded':
      return `${before}*somebody else changed it*`;
    case 'upgraded':
      return `${before}goes on as ${showDrainId(end.to)}`;
    case 'reactivated':
      return `${before}reactivated, takes tasks again`;
    case 'gone':
      return `${before}marked gone`;
    case 'removed':
      return `${before}removed from the cluster`;
    case 'replaced':
      return `${before}*came back as a new agent,* ${plain(end.by, 80)}, which is active`;
    case 'given-up':
      return `${before}closed, not followed any more`;
    case 'lost-sight':
      return `${before}*not seen for ${end.forDays} days*, not followed any more`;
  }
}

/** The same of a reactivation. */
export function returnEndWord(end: ReactivationEnd): string {
  switch (end.kind) {
    case 'active':
      return end.agentNotAsked === null
        ? '*active*, takes tasks again'
        : '*active* says the master; the agent could not be asked';
    case 'rejected':
      return '*the master refused it*';
    case 'not-applied':
      return '*the call was not applied*';
    case 'taken-out-again':
      return '*somebody took it out of service again*';
    case 'gone':
      return '*marked gone*';
    case 'removed':
      return '*removed from the cluster*';
    case 'replaced':
      return `came back as a new agent, ${plain(end.by, 80)}, which is active`;
    case 'lost-sight':
      return `*not seen for ${end.forDays} days*, not followed any more`;
  }
}
