/** What a server does instead of answering. `drop-after-apply` lets the call take effect and closes the connection;
 * `hang` never answers; `refuse` closes it before anything happens. The last three find the agent of a call in the
 * middle of a change, which takes no time here. */
export const FAULTS = [
  'refuse',
  'hang',
  'drop-after-apply',
  '503',
  '500',
  'garbage',
  'html-502',
  'marking-gone',
  'removing',
  'marking-unreachable',
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface FaultRule {
  /** An empty match meets every request. `call` is the v1 call's type; `path` the path without its query. */
  readonly match: { readonly call?: string; readonly path?: string };
  readonly fault: FaultKind;
  /** How many requests it meets; absent: all until cleared. */
  readonly times?: number;
}

/** The faults of one server, oldest first. */
export class Faults {
  #rules: { rule: FaultRule; left: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that a request meets, which is used up by it; null: none. */
  take(request: { call: string | null; path: string }): FaultKind | null {
    const met = this.#rules.find(({ rule: { match }, left }) => {
      if (left <= 0) return false;
      if (match.call !== undefined && match.call !== request.call) return false;
      return match.path === undefined || match.path === request.path;
    });
    if (met === undefined) return null;
    met.left--;
    return met.rule.fault;
  }
}

/** Reads a rule that came over HTTP; throws with what is wrong. */
export function parseFaultRule(text: string): FaultRule {
  const value = JSON.parse(text) as Partial<FaultRule>;
  if (!FAULTS.some((fault) => fault === value.fault)) {
    throw new Error(`fault must be one of ${FAULTS.join(', ')}`);
  }
  if (value.times !== undefined && !(Number.isInteger(value.times) && value.times > 0)) {
    throw new Error('times must be a whole number above 0');
  }
  return { ...(value as FaultRule), match: value.match ?? {} };
}
