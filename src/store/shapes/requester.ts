import { z } from 'zod';
import type { Requester } from '../../domain/approval.ts';
import { personKey } from '../../domain/person.ts';
import * as id from './ids.ts';

/** Whoever asked, with what a second person is told apart by. */
export const requester: z.ZodType<Requester> = z.object({
  userId: id.userId,
  teamId: id.teamId,
  name: z.string(),
  key: z.string().transform(personKey),
});

/** Only shown again, and nothing is decided on it: what it holds is not looked into. */
export function shownOnly<T extends object>(key: string) {
  return z.custom<T>((value) => typeof value === 'object' && value !== null && key in value, `has no ${key}`);
}
