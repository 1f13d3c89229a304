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

/** Somebody else moved the drain on first; the pass that loses looks again. */
export class VersionConflict extends StoreFault {
  override readonly name = 'VersionConflict';
}

/** The unique index found an open drain on the same agent. */
export class OpenDrainExists extends StoreFault {
  override readonly name = 'OpenDrainExists';
}
