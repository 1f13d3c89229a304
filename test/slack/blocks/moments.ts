import { instant, teamId, userId } from '../../../src/domain/ids.ts';
import type { Hour } from '../../../src/domain/time/hour.ts';

export const now = instant(Date.UTC(2026, 10, 22, 14, 22, 5));
export const later = instant(now + 10 * 60_000);
export const earlier = instant(now - 90_000);
export const requester = userId('U0MARA0001');
/** For which something waits. */
export const hours: Hour[] = [
  { at: instant(now + 7 * 3_600_000), zone: 'Europe/Berlin' },
  { at: instant(now + 20 * 86_400_000), zone: null },
];
/** Whoever asks. */
export const person = { userId: requester, teamId: teamId('T0LOCAL001'), name: 'mara' };
