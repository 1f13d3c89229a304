import { z } from 'zod';
import type { Requester } from '../../domain/approval.ts';
import { personKey } from '../../domain/person.ts';
import type { Hour } from '../../domain/time/hour.ts';
import * as id from './ids.ts';

/** Whoever asked, with what a second person is told apart by. */
export const requester: z.ZodType<Requester> = z.object({
  userId: id.userId,
  teamId: id.teamId,
  name: z.string(),
  key: z.string().transform(personKey),
});

/** The moment for which something is scheduled. */
export const hour: z.ZodType<Hour> = z.object({ at: id.instant, zone: z.string().nullable() });

/** Only shown again, and nothing is decided on it: what it holds is not looked into. */
export function shownOnly<T extends object>(key: string) {
  return z.custom<T>((value) => typeof value === 'object' && value !== null && key in value, `has no ${key}`);
}
