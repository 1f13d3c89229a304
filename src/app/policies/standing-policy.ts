import type { Standing } from '../../domain/policy/judge-change.ts';
import type { PolicyInForce } from '../ports.ts';

/** The policy as it stands now, to be judged by. */
export function standing(policy: PolicyInForce): Standing {
  return { policy: policy.current(), trouble: policy.trouble() };
}
