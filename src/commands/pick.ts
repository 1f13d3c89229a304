import type { KnowingOf } from '../domain/command.ts';
import type { Value } from './values.ts';

/** Those of this kind. */
export function pickAll<K extends Value['kind']>(
  values: readonly Value[] | undefined,
  kind: K,
): Extract<Value, { kind: K }>[] {
  return values?.filter((value): value is Extract<Value, { kind: K }> => value.kind === kind) ?? [];
}

/** The last one of this kind; null: there is none. */
export function pick<K extends Value['kind']>(
  values: readonly Value[] | undefined,
  kind: K,
): Extract<Value, { kind: K }> | null {
  return pickAll(values, kind).at(-1) ?? null;
}

/** The grammar requires it, so it is there; a throw here is grammar and `build` in disagreement. */
export function must<T>(value: T | null): T {
  if (value === null) throw new TypeError('the grammar let through a command that lacks a part');
  return value;
}

/** `--anyway` and `--override-brake`, where they were typed. */
export function knowingOf(flags: ReadonlyMap<string, unknown>): KnowingOf {
  return {
    ...(flags.has('anyway') ? { anyway: true } : {}),
    ...(flags.has('override-brake') ? { overrideBrake: true } : {}),
  };
}
