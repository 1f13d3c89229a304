import { MasterFault } from '../app/faults.ts';

/** A read that failed. `passing`: the same read may well succeed in a moment. */
export class ReadFault extends MasterFault {
  readonly passing: boolean;

  constructor(message: string, passing: boolean) {
    super(message);
    this.passing = passing;
  }
}
