import type { Value } from './values.ts';

/** The value, where it is of this kind. */
export function pick<K extends Value['kind']>(
  value: Value | null | undefined,
  kind: K,
): Extract<Value, { kind: K }> | null {
  return value?.kind === kind ? (value as Extract<Value, { kind: K }>) : null;
}

/** The grammar requires it, so it is there; a throw here is grammar and `build` in disagreement. */
export function must<T>(value: T | null): T {
  if (value === null) throw new TypeError('the grammar let through a command that lacks a part');
  return value;
}
