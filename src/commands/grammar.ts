import type { Group } from '../domain/command.ts';
import type { Entry } from './entry.ts';
import { drains } from './grammar/drains.ts';
import { log } from './grammar/log.ts';
import { maintenance } from './grammar/maintenance.ts';
import { reads } from './grammar/reads.ts';
import { work } from './grammar/work.ts';

/** The whole language, in the order in which help shows it. */
export const grammar: readonly Entry[] = [...reads, ...drains, ...work, ...maintenance, ...log];

/** First words that make a command only with a second one, like `maintenance` of `maintenance start`. */
export const groups: readonly Group[] = ['maintenance'];

/** The slash command itself. */
export const slash = '/mesos';
