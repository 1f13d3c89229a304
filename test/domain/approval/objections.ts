import type { KnownAgent, MasterSighting } from '../../../src/domain/agent.ts';
import { type OtherWork, objectionsToAct } from '../../../src/domain/approval/may-ask.ts';
import type { Act } from '../../../src/domain/approval.ts';
import { seconds } from '../../../src/domain/ids.ts';
import type { Preview } from '../../../src/domain/preview.ts';
import type { Refusal } from '../../../src/domain/refusal.ts';
import {
  absent,
  agent,
  at,
  drained,
  draining,
  known,
  leader,
  notRead,
  preview,
  shows,
  unexplained,
  unreachable,
} from '../../support/samples.ts';

export const acts = {
  drain: { kind: 'drain', maxGrace: seconds(0) },
  'then gone': { kind: 'drain-then-gone', maxGrace: null },
  unattended: { kind: 'drain-unattended', maxGrace: seconds(600) },
  'mark gone': { kind: 'mark-gone', now: false },
  'mark gone, now': { kind: 'mark-gone', now: true },
} satisfies Record<string, Act>;
export type Kind = keyof typeof acts;
export const kinds = Object.keys(acts) as Kind[];

export interface Case {
  act?: Act;
  target?: KnownAgent;
  seen?: MasterSighting;
  looked?: Preview;
  work?: Partial<OtherWork>;
  atOnce?: number;
}

export function judge({ act = acts['then gone'], seen = shows(null), ...more }: Case): Refusal[] {
  const none = { drains: [], drained: [], approvals: [], markings: [], plans: [], reactivations: [] };
  return objectionsToAct(
    act,
    more.target ?? known(),
    seen,
    more.looked ?? preview(),
    { ...none, ...more.work },
    { drainsAtOnce: more.atOnce ?? 3, per: [{ attribute: 'rack', allowed: 1 }] },
  );
}

/** Objections as the tables write them: a code, with why where that tells them apart. */
export function inShort(refusals: Refusal[]): string {
  const words = refusals.map((refusal) =>
    refusal.code === 'not-markable' || refusal.code === 'agent-not-drainable'
      ? `${refusal.code} ${refusal.why}`
      : refusal.code,
  );
  return words.join(', ') || '-';
}

/** An agent with a task; every kind of look that a master can give. */
export const looks = {
  'in service': shows(null),
  deactivated: { kind: 'registered', leader, agent: agent({ deactivated: true, active: false }) },
  'too old to drain': { kind: 'registered', leader, agent: agent({ canDrain: false, version: '1.8.0' }) },
  DRAINING: shows(draining),
  DRAINED: shows(drained),
  'DRAINING, to be marked gone': shows({ ...draining, markGone: true }),
  recovered: { kind: 'recovered', leader },
  unreachable: unreachable({ drain: null, deactivated: false }),
  'unreachable, DRAINING': unreachable(),
  gone: { kind: 'gone', leader, at: at(1) },
  absent: absent(),
  unexplained,
  'not read': notRead,
} satisfies Record<string, MasterSighting>;
export type Look = keyof typeof looks;

export const notDrainable = (why: string) => `agent-not-drainable ${why}`;
