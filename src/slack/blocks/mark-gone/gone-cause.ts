import type { Instant } from '../../../domain/ids.ts';
import type { GoneCause } from '../../../domain/mark-gone.ts';
import { shownWords } from '../drains/ending.ts';
import { clause } from '../text/escape.ts';
import { when } from '../text/time.ts';

/** Why it is not proven that an agent is gone, and what a person can do. `near`: the time of reading. */
export function goneCauseWords(cause: GoneCause, near: Instant): { what: string; toDo: string } {
  switch (cause.code) {
    case 'master-silent':
      return {
        what: `The master can't be read: ${clause(cause.why, 300)}.`,
        toDo: 'The bot keeps asking. Look whether a master leads and can be reached from the bot.',
      };
    case 'recovering':
      return {
        what: 'The master has failed over and has not heard of the agent since. It may list it so even when it is gone.',
        toDo: 'Wait: this passes by itself, after the next failover at the latest. The bot keeps asking.',
      };
    case 'unreachable':
      return {
        what: `The master lists it as unreachable since ${when(cause.since, near)}, and not as gone.`,
        toDo: 'Look at the machine and at the master. If the machine is dead, keep it off until this says what became of it.',
      };
    case 'not-listed':
      return {
        what: `The master does not list it, and its registry could not be asked whether it is gone: ${clause(cause.why, 300)}.`,
        toDo: 'Let the bot read `/registrar(1)/registry` of the leading master. That is no proof of gone.',
      };
    case 'listed-nowhere':
      return {
        what: 'It is no longer listed, not confirmed gone: the registry has it neither as registered, nor unreachable, nor gone. That is no proof.',
        toDo: 'Look at the machine and at the log of the master. It may have been shut down, replaced or forgotten.',
      };
    case 'still-there':
      return {
        what: `The master still has it registered. ${
          cause.shown === 'no drain' ? 'It shows no drain of it.' : shownWords(cause.shown)
        }`,
        toDo: 'Look on the agent for tasks and operations that hold it up, and at the log of the master.',
      };
  }
}

const inShort: Record<GoneCause['code'], string> = {
  'master-silent': "the master couldn't be read",
  recovering: 'the agent was not back since the master changed',
  unreachable: 'the agent was unreachable',
  'not-listed': 'the registry could not be asked',
  'listed-nowhere': 'no longer listed, not confirmed gone',
  'still-there': 'the master still had it registered',
};

/** The same without figures, for a code that was read from the audit log; null for one that is not known. */
export function goneCauseOfCode(code: string): string | null {
  return Object.entries(inShort).find(([known]) => known === code)?.[1] ?? null;
}
