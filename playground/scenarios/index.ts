import { botAwayBetweenCalls } from './bot-away-between-calls.ts';
import { cancelGone } from './cancel-gone.ts';
import { denied } from './denied.ts';
import { drainAndReturn } from './drain-and-return.ts';
import { drift } from './drift.ts';
import { expired } from './expired.ts';
import { happyDrain } from './happy-drain.ts';
import { holdStopped } from './hold-stopped.ts';
import { markDeadAgent } from './mark-dead-agent.ts';
import { markGone } from './mark-gone.ts';
import type { Story } from './story.ts';
import { unattendedCutsGrace } from './unattended-cuts-grace.ts';
import { withdrawn } from './withdrawn.ts';

/** Every story, the demo's first. */
export const stories: readonly Story[] = [
  markGone,
  happyDrain,
  drainAndReturn,
  denied,
  expired,
  withdrawn,
  holdStopped,
  drift,
  cancelGone,
  unattendedCutsGrace,
  markDeadAgent,
  botAwayBetweenCalls,
];
