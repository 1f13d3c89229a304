import type { Values, VariableName } from './variables.ts';

/** What the reading of several variables together collects. */
export interface Findings {
  problems: string[];
  warnings: string[];
  /** Variables whose own text is at fault: not missing, and reported already. */
  broken: Set<VariableName>;
}

/** Reports a variable that has to be there and isn't. */
export function reportMissing(name: VariableName, why: string, values: Values, found: Findings): void {
  if (values[name] === null && !found.broken.has(name)) found.problems.push(`${name} is missing: ${why}`);
}
