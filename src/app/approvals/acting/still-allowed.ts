import type { Approval } from '../../../domain/approval.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { authorise } from '../../authorise.ts';
import type { People, PolicyInForce } from '../../ports.ts';

/** Whether whoever asked may still have it done, from there, where it waited for its hour: that may have been days. `refusal`
 * null: they may, or it waited for nothing. `unread`: Slack could not be asked. */
export async function stillAllowed(
  { people, policy }: { people: People; policy: PolicyInForce },
  { hour, requester, channel }: Pick<Approval, 'hour' | 'requester' | 'channel'>,
): Promise<{ refusal: Refusal | null } | { unread: string }> {
  if (hour === undefined) return { refusal: null };
  const allowed = await authorise(
    people,
    policy.current(),
    { user: requester.userId, channel },
    'reversible',
  );
  if (allowed.ok) return { refusal: null };
  const { refusal } = allowed;
  return refusal.code === 'person-unknown' || refusal.code === 'channel-unknown'
    ? { unread: `it can't be asked who asked for it: ${refusal.why}` }
    : { refusal };
}
