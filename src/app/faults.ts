import type { StoreTrouble } from '../domain/refusal.ts';

/** Something broke on the way to a master or an agent. */
export class MasterFault extends Error {
  override readonly name = 'MasterFault';
}

/** Slack could not be asked. */
export class ChatFault extends Error {
  override readonly name = 'ChatFault';
}

/** The database refused or is not there. */
export class StoreFault extends Error {
  override readonly name: string = 'StoreFault';
}

/** The whole database can't be used now: what was asked of it is not to blame. */
export class StoreDown extends StoreFault {
  override readonly name = 'StoreDown';
  readonly trouble: StoreTrouble;
  constructor(message: string, trouble: StoreTrouble, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}

/** In which words people are told of a fault of the store, whatever it was. */
export function troubleOf(fault: unknown): StoreTrouble {
  return fault instanceof StoreDown ? fault.trouble : { code: 'FAULT', toDo: "The bot's log says more." };
}

/** Somebody else moved the drain on first; the pass that loses looks again. */
export class VersionConflict extends StoreFault {
  override readonly name = 'VersionConflict';
}

/** A plan that is under way holds the agent already. */
export class AgentHeld extends StoreFault {
  override readonly name = 'AgentHeld';
}

/** The unique index found an open drain on the same agent. */
export class OpenDrainExists extends StoreFault {
  override readonly name = 'OpenDrainExists';
}
