import { defaultPolicy, type Entitled, type Policy } from '../../domain/policy.ts';
import type { Values } from '../variables.ts';

/** What the variables say of who may do what; the rest is as in {@link defaultPolicy}. */
export function policyOf(values: Values): Policy {
  return {
    ...defaultPolicy,
    operators: peopleOf(values.OPERATORS),
    approvers: peopleOf(values.APPROVERS),
    channels: values.SLACK_CHANNELS,
    approvals: {
      needed: values.APPROVALS_NEEDED,
      oneOf: null,
      approving: values.APPROVAL_EMOJI,
      holdMs: values.HOLD_SECONDS,
      expiryMs: values.APPROVAL_EXPIRY_SECONDS,
    },
    afterWindow: values.AFTER_WINDOW,
    remindAfterMs: values.REMIND_AFTER_SECONDS,
    collisions: { rack: values.COLLISIONS, framework: values.COLLISIONS },
    limits: {
      drainsAtOnce: values.DRAINS_AT_ONCE,
      per: [{ attribute: 'rack', allowed: values.DRAINS_PER_RACK }],
      brakePercent: values.BRAKE_PERCENT,
    },
    gate: values.GATE_URL,
    minFreePercent: values.MIN_FREE_PERCENT,
  };
}

function peopleOf(entitled: Entitled[] | null): Entitled {
  return {
    users: [...new Set((entitled ?? []).flatMap(({ users }) => users))],
    groups: [...new Set((entitled ?? []).flatMap(({ groups }) => groups))],
  };
}
