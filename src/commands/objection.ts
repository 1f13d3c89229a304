/** Why a word is not what was wanted; a problem that does not know its place. */
export interface Objection {
  kind: 'objection';
  what: string;
  allowed: string[];
  nearest: string | null;
}

export function objection(
  what: string,
  allowed: readonly string[] = [],
  near: string | null = null,
): Objection {
  return { kind: 'objection', what, allowed: [...allowed], nearest: near };
}

/** What was typed, in quotes and cut. */
export function quote(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text.toWellFormed()}”`;
}
