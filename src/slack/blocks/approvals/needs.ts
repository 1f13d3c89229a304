import type { Missing, Needs } from '../../../domain/approval/quorum.ts';
import type { Entitled } from '../../../domain/policy.ts';
import { mention, plain } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';

/** `2 approvals needed, one of them from @sre-leads`. */
export function needsWords({ needed, oneOf }: Needs): string {
  const votes = `${count(needed, 'approval')} needed`;
  if (oneOf === null) return votes;
  return `${votes}, ${needed === 1 ? '' : 'one of them '}from ${among(oneOf)}`;
}

/** `one of @sre-leads is still missing`; null: none of them in particular is. */
export function missingWords(missing: Missing | null): string | null {
  return missing?.oneOf == null ? null : `one of ${among(missing.oneOf)} is still missing`;
}

/** People and groups of whom one is enough; whoever is named here is notified. */
export function among({ users, groups }: Entitled): string {
  return enumerate([...users.map(mention), ...groups.map(groupMention)]).replace(
    / and (?!\d+ more$)/,
    ' or ',
  );
}

function groupMention(group: string): string {
  return /^S[A-Z0-9]{1,30}$/.test(group) ? `<!subteam^${group}>` : plain(group);
}
