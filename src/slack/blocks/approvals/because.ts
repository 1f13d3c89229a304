import type { Prompt } from '../../../domain/approval/prompt.ts';
import { reasonWords } from '../refusals/refusal-of-policy.ts';

/** Why a second person is asked; null: an older bot did not write it down. */
export function becauseLine({ because }: Pick<Prompt, 'because'>): string | null {
  return because.length === 0 ? null : `*Why two people:* ${because.map(reasonWords).join('. ')}.`;
}
