import { drainAndReturn } from './drain-and-return.ts';
import { happyDrain } from './happy-drain.ts';
import type { Story } from './story.ts';

/** Every story, the demo's first. */
export const stories: readonly Story[] = [happyDrain, drainAndReturn];
