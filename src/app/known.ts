import type { Known } from '../domain/preview.ts';
import { MasterFault } from './faults.ts';

/** A read's answer, or why there is none. */
export async function known<T>(read: () => Promise<T>): Promise<Known<T>> {
  try {
    return { known: true, value: await read() };
  } catch (fault) {
    if (fault instanceof MasterFault) return { known: false, why: fault.message };
    throw fault;
  }
}
