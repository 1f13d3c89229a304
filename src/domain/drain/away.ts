import type { MasterSighting } from '../agent.ts';
import type { Cause } from './cause.ts';

/** A look at an agent that the master does not show, whatever the reason. */
export type Away = Extract<MasterSighting, { kind: 'not-read' | 'recovered' | 'unexplained' | 'absent' }>;
export type AwayCause = Extract<Cause, { code: 'master-silent' | 'recovering' | 'not-listed' }>;

/** Why nothing can be seen of it. */
export function causeOfAway(seen: Away): AwayCause {
  switch (seen.kind) {
    case 'not-read':
      return { code: 'master-silent', why: seen.why };
    case 'recovered':
      return { code: 'recovering' };
    case 'unexplained':
      return { code: 'not-listed', why: seen.why };
    case 'absent':
      return {
        code: 'not-listed',
        why: 'it stands in no list of the registry, which is no proof that it is gone',
      };
  }
}
