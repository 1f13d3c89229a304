import type { DrainId } from '../ids.ts';
import type { AgentLabel } from '../refusal.ts';

/** What stands in the way of marking an agent gone. */
export type MarkingRefusal =
  | { code: 'unreachable-for-gone'; agent: AgentLabel }
  | { code: 'grace-differs'; agent: AgentLabel; drain: DrainId | null; shownSeconds: number | null }
  | { code: 'unattended-too-late'; agent: AgentLabel; drain: DrainId | null }
  /** Somebody else's drain marks it gone by itself. */
  | { code: 'gone-by-others'; agent: AgentLabel }
  | { code: 'alive-with-tasks'; agent: AgentLabel; tasks: number | null }
  | {
      code: 'not-markable';
      agent: AgentLabel;
      why: 'gone' | 'recovered' | 'absent' | 'unreadable';
      detail: string;
    }
  | { code: 'marking-open'; agent: AgentLabel; permalink: string | null };
