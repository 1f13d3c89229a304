import type { AuditDraft } from '../audit.ts';
import type { Approved } from '../drain.ts';

/** On whose approval, as the log has it. */
export function approvalInLog({ approval, by }: Approved): NonNullable<AuditDraft['approval']> {
  return { id: approval, by: by.map(({ userId, teamId, name }) => ({ user: userId, team: teamId, name })) };
}
