import type { AuditDraft } from '../audit.ts';

/** Where foreign words stand in an entry: what people typed, what masters and Slack answered, and what is told of either. Names,
 * ids and codes are left alone: a password that is a common word must not blank them. */
const foreign = ['command', 'reason', 'request', 'response', 'decision', 'outcome', 'facts'] as const;

/** The entry without secrets in its words: people paste tokens, and proxies answer with the headers that they got. `clean` takes
 * them out of one text. A body that is cut or cleaned keeps the hash of the whole. */
export function withoutSecrets(draft: AuditDraft, clean: (text: string) => string): AuditDraft {
  // Nothing in it is foreign, and a letter less would make a signature a wrong one.
  if (draft.event === 'head.signed') return draft;
  const cleaned: Record<string, unknown> = { ...draft };
  for (const field of foreign)
    if (draft[field] !== undefined) cleaned[field] = cleanedDeep(draft[field], clean);
  return cleaned as unknown as AuditDraft;
}

function cleanedDeep(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((each) => cleanedDeep(each, clean));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cleanedDeep(member, clean)]));
}
