import type { RollingMeant } from '../command.ts';
import type { DrainLimits } from '../policy.ts';
import type { Refusal } from '../refusal.ts';
import type { RollingWork } from '../rolling.ts';

type Waves = Pick<RollingWork, 'parallel' | 'per'>;

/** How large waves are: as typed, and by the policy where nothing was. */
export function wavesMeant({ parallel, per }: RollingMeant, limits: DrainLimits): Waves {
  const typed = new Set(per.map(({ attribute }) => attribute));
  return {
    parallel: parallel ?? limits.drainsAtOnce,
    per: [...per, ...limits.per.filter(({ attribute }) => !typed.has(attribute))],
  };
}

/** That waves are larger than the policy allows; null: they are not. */
export function wavesOverLimits({ parallel, per }: Waves, limits: DrainLimits): Refusal | null {
  const over: Extract<Refusal, { code: 'waves-over-limits' }>['over'] = [];
  if (parallel > limits.drainsAtOnce)
    over.push({ attribute: null, wanted: parallel, allowed: limits.drainsAtOnce });
  for (const { attribute, allowed } of limits.per) {
    const wanted = per.find((each) => each.attribute === attribute)?.allowed ?? parallel;
    if (wanted > allowed) over.push({ attribute, wanted, allowed });
  }
  return over.length === 0 ? null : { code: 'waves-over-limits', over };
}
