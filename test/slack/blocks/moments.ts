import { instant, teamId, userId } from '../../../src/domain/ids.ts';

export const now = instant(Date.UTC(2026, 10, 22, 14, 22, 5));
export const later = instant(now + 10 * 60_000);
export const earlier = instant(now - 90_000);
export const requester = userId('U0MARA0001');
/** Whoever asks. */
export const person = { userId: requester, teamId: teamId('T0LOCAL001'), name: 'mara' };
