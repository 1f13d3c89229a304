import type { DrainEvent } from '../drain.ts';
import type { Instant } from '../ids.ts';
import type { Reminder } from './reminder.ts';
import type { OutFor, Stay } from './stay.ts';

/** What happened to the time for which an agent is out of service. None of it changes how the drain stands. */
export type StayEvent =
  /** Somebody had it stay out for longer, or for less. Counted as ever. */
  | { type: 'stay-set'; at: Instant; outFor: OutFor }
  | { type: 'return-begun'; at: Instant }
  | { type: 'reminded'; at: Instant; reminder: Reminder };

/** Whether an event is one of these. */
export function isOfStay(event: DrainEvent): event is StayEvent {
  return event.type === 'stay-set' || event.type === 'return-begun' || event.type === 'reminded';
}

/** The stay after it. */
export function stayAfter(stay: Stay | undefined, event: StayEvent): Stay {
  switch (event.type) {
    case 'stay-set':
      return { outFor: event.outFor, toldAt: null };
    case 'return-begun':
    case 'reminded':
      return { outFor: stay?.outFor ?? null, toldAt: event.at };
  }
}
