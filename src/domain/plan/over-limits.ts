import type { Attributes } from '../agent.ts';
import type { Drain } from '../drain.ts';
import type { DrainLimits } from '../policy.ts';
import type { Refusal } from '../refusal.ts';

/** A limit that a plan would break. */
export interface OverLimit {
  limit: 'cluster' | { attribute: string; value: string };
  allowed: number;
  /** Open now. */
  open: number;
  /** By this plan. */
  adding: number;
}

/** Every limit that these agents, taken out of service at once, would break; null: none. */
export function overLimits(
  agents: readonly { attributes: Attributes }[],
  open: readonly Pick<Drain, 'attributes'>[],
  { drainsAtOnce, per }: DrainLimits,
): Extract<Refusal, { code: 'plan-over-limits' }> | null {
  const over: OverLimit[] = [];
  const judge = (limit: OverLimit['limit'], allowed: number, now: number, adding: number) => {
    if (adding > 0 && now + adding > allowed) over.push({ limit, allowed, open: now, adding });
  };
  judge('cluster', drainsAtOnce, open.length, agents.length);
  for (const { attribute, allowed } of per) {
    const with_ = (value: string) => (each: { attributes: Attributes }) =>
      each.attributes[attribute] === value;
    const values = new Set(agents.flatMap(({ attributes }) => attributes[attribute] ?? []));
    for (const value of [...values].sort())
      judge(
        { attribute, value },
        allowed,
        open.filter(with_(value)).length,
        agents.filter(with_(value)).length,
      );
  }
  return over.length === 0 ? null : { code: 'plan-over-limits', agents: agents.length, over };
}
