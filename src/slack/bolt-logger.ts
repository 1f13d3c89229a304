import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../app/ports.ts';

const longestText = 300;

/** Slack's libraries, speaking into our log. Their debug lines carry bodies and are dropped; their "error" is
 * something they or we get over, so it is no more than a warning here. */
export function boltLogger(log: Log): Logger {
  return {
    debug: () => {},
    info: (...said: unknown[]) => log.debug({ said: inWords(said) }, 'slack library'),
    warn: (...said: unknown[]) => log.warn({ said: inWords(said) }, 'slack library'),
    error: (...said: unknown[]) => log.warn({ said: inWords(said) }, 'slack library'),
    // App sets 'info' on whatever logger it is given (slack-notes B.6); the level is ours to choose.
    setLevel: () => {},
    setName: () => {},
    getLevel: () => LogLevel.INFO,
  };
}

/** An error's message and no more of it: these carry whole requests and answers. */
function inWords(said: unknown[]): string {
  return said
    .map((each) => (each instanceof Error ? each.message : typeof each === 'string' ? each : typeof each))
    .join(' ')
    .slice(0, longestText);
}
