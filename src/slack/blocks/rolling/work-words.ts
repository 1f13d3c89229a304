import type { RollingWork } from '../../../domain/rolling.ts';
import { code } from '../text/escape.ts';
import { count, enumerate } from '../text/part.ts';
import { spoken } from '../text/time.ts';

/** How large its waves may be: `2 agents, 1 with the same rack`. */
export function sizeWords({ parallel, per }: RollingWork): string {
  const each = per.map(({ attribute, allowed }) => `${allowed} with the same ${code(attribute, 60)}`);
  return `at most ${count(parallel, 'agent')}${each.length === 0 ? '' : ` (${enumerate(each)})`}`;
}

/** What becomes of an agent once it is empty, as a sentence. */
export function afterwardsWords({ afterwards }: RollingWork): string {
  switch (afterwards.do) {
    case 'wait':
      return 'Drained agents stay out of service until somebody reactivates them.';
    case 'reactivate':
      return afterwards.after === 0
        ? 'Each agent is reactivated once it is proven empty.'
        : `Each agent is reactivated ${spoken(afterwards.after)} after it is proven empty.`;
    case 'mark-gone':
      return '*Each agent is marked gone for ever once it is proven empty.*';
  }
}
