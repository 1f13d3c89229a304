import type { Lie, Told } from './lying-proxy.ts';

/** A lie in a table: what the master (or agent) would be like, which answers it distorts and how, and what the
 * assertion says then. `needsTask`: only where a task that takes its time is on the agent. */
export type Row = readonly [
  master: string,
  about: string,
  tell: Lie['tell'],
  found: RegExp,
  more?: { readonly nth?: number; readonly needsTask?: true },
];

/** Lies by the assertion that has to find them out. */
export type Lies = Readonly<Record<string, readonly Row[]>>;

/** Another answer altogether. */
export const says =
  (status: number, text = '') =>
  (answer: Told): Told => ({ ...answer, status, text });

/** The same answer with other words in it. */
export const text =
  (of: RegExp | string, becomes: string) =>
  (answer: Told): Told => ({ ...answer, text: answer.text.replaceAll(of, becomes) });

/** The same answer with another header. */
export const header =
  (name: string, value: string) =>
  (answer: Told): Told => ({ ...answer, headers: { ...answer.headers, [name]: value } });

/** GET_AGENTS with no agent in it. */
export const nobody = says(200, '{"get_agents":{"agents":[],"recovered_agents":[]}}');

/** GET_AGENTS without any drain_info. */
export const undrained = text(/"drain_info":\{.*?\}\},?/g, '');

/** GET_AGENTS with every agent inactive. */
export const inactive = text('"active":true', '"active":false');
