/** What the app needs of the world, named after the work; the adapters implement it. */
export type * from './ports/audit-log.ts';
export type * from './ports/gate.ts';
export type * from './ports/mesos.ts';
export type * from './ports/policy.ts';
export type * from './ports/rows.ts';
export type * from './ports/slack.ts';
export type * from './ports/store.ts';
export type * from './ports/time.ts';
export type * from './ports/tx.ts';
