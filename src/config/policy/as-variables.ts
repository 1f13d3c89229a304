import type { PolicyFinding } from '../../domain/policy/soundness.ts';
import type { VariableName } from '../variables.ts';

/** The variable that says what a policy has at this place. */
export function asVariable(path: PolicyFinding['path']): string {
  return names[path.join('.')] ?? path.join('.');
}

const names: Record<string, VariableName> = {
  operators: 'OPERATORS',
  approvers: 'APPROVERS',
  channels: 'SLACK_CHANNELS',
  'approvals.needed': 'APPROVALS_NEEDED',
  'approvals.hold': 'HOLD_SECONDS',
  'approvals.expiry': 'APPROVAL_EXPIRY_SECONDS',
  'approvals.emoji': 'APPROVAL_EMOJI',
  after_window: 'AFTER_WINDOW',
  remind_after: 'REMIND_AFTER_SECONDS',
};
