import { type Instant, instant } from '../../src/domain/ids.ts';

/** 2026-03-01T12:00:00.000Z: when everything in these tests happens. */
export const noon: Instant = instant(Date.UTC(2026, 2, 1, 12));
