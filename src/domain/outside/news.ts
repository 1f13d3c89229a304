import type { AgentId, Instant } from '../ids.ts';
import type { AgentDeed } from './agents.ts';
import type { MachineChange } from './machines.ts';
import type { Service } from './service.ts';

/** One change as the channel is told of it. `since`: when it was last seen otherwise. `wasAway`: nobody looked for a
 * part of the time since. */
export type OutsideLine =
  | {
      on: 'agent';
      deed: AgentDeed;
      agentId: AgentId;
      hostname: string;
      /** Null: it was never seen before. */
      before: Service | null;
      now: Service | 'gone';
      goneAt: Instant | null;
      since: Instant;
      wasAway: boolean;
    }
  | ({
      on: 'machine';
      agent: { agentId: AgentId; hostname: string } | null;
      since: Instant;
      wasAway: boolean;
    } & MachineChange);
