import type { Findings } from './findings.ts';
import { readVariable, type Values, type VariableName, variables } from './variables.ts';

/** What the process was given: its environment, with `.env` already merged in below it (main.ts does that). */
export type Env = Record<string, string | undefined>;

/** The text that counts for a variable: its own, or its default where it is unset or empty; null: neither. */
export function given(env: Env, name: VariableName): string | null {
  const text = env[name];
  return text === undefined || text.trim() === '' ? variables[name].default : text;
}

/** Every variable by itself. A broken one is a problem, and its default (or null) stands in for it in the checks that follow.
 * `place`: where it is set, to be told before its name. */
export function readValues(env: Env, found: Findings, place: (name: VariableName) => string): Values {
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const name of Object.keys(variables) as VariableName[]) {
    const text = given(env, name);
    values[name] = text === null ? null : readOne(name, text, found, place(name));
  }
  return values as Values;
}

function readOne(name: VariableName, text: string, found: Findings, place: string): unknown {
  const outcome = readVariable(name, text);
  if (outcome.ok) return outcome.value;
  found.problems.push(...outcome.problems.map((problem) => place + problem));
  found.broken.add(name);
  const { default: fallback } = variables[name];
  if (fallback === null) return null;
  const standIn = readVariable(name, fallback);
  return standIn.ok ? standIn.value : null;
}

/** What is set, and not to nothing: an empty variable is as one that is not there. */
export function setIn(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, text]) => text?.trim()));
}
