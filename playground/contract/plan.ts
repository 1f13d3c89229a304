import type { AgentSubject } from './agent-subject.ts';
import type { Assertion } from './assertion.ts';
import { DRAINED_ASSERTIONS } from './drained.ts';
import { DRAINING_ASSERTIONS } from './draining.ts';
import { GONE_BY_DRAIN_ASSERTIONS } from './gone-by-drain.ts';
import { IN_SERVICE_ASSERTIONS } from './in-service.ts';
import { MACHINE_DOWN_ASSERTIONS } from './machine-down.ts';
import { MAINTENANCE_ASSERTIONS } from './maintenance.ts';
import { MARK_AGENT_GONE_ASSERTIONS } from './mark-agent-gone.ts';
import { TAKE_BACK_ASSERTIONS } from './take-back.ts';

type Assertions = readonly Assertion<AgentSubject>[];

/** What is done to which agents. */
export interface Plan {
  /** In order, each with its assertions in order. */
  readonly agents: readonly { readonly agent: string; readonly assertions: Assertions }[];
  /** What nothing is done for, and why. */
  readonly leftOut: readonly { readonly assertion: Assertion<AgentSubject>; readonly why: string }[];
}

const REVERSIBLE: Assertions = [
  ...IN_SERVICE_ASSERTIONS,
  ...MAINTENANCE_ASSERTIONS,
  ...DRAINING_ASSERTIONS,
  ...DRAINED_ASSERTIONS,
];

/** For an agent that is destroyed in the end anyhow. */
const WITH_TAKE_BACK: Assertions = [
  ...IN_SERVICE_ASSERTIONS,
  ...MAINTENANCE_ASSERTIONS,
  ...DRAINING_ASSERTIONS,
  ...TAKE_BACK_ASSERTIONS,
  ...DRAINED_ASSERTIONS,
];

/** The ways out of the cluster: the first agent goes the first, and so on; further agents stay. `missing`: why there is
 * none for the assertions. */
const WAYS: readonly { readonly assertions: Assertions; readonly missing: string }[] = [
  { assertions: GONE_BY_DRAIN_ASSERTIONS, missing: 'it needs an --agent' },
  {
    assertions: MARK_AGENT_GONE_ASSERTIONS,
    missing: 'it needs a second --agent: the first one is gone by its drain',
  },
  { assertions: MACHINE_DOWN_ASSERTIONS, missing: 'it needs a third --agent: the first two are gone' },
];

const leaveOut = (assertions: Assertions, why: string): Plan['leftOut'] =>
  assertions.map((assertion) => ({ assertion, why }));

/** What to do to the agents named. Throws when the wish makes no sense. */
export function planFor(agents: readonly string[], destructive: boolean): Plan {
  if (new Set(agents).size < agents.length) throw new Error('an agent is named twice');
  if (destructive && agents.length === 0) throw new Error('--destructive needs an --agent');
  if (!destructive) {
    return {
      agents: agents.map((agent) => ({ agent, assertions: REVERSIBLE })),
      leftOut: [
        ...(agents.length > 0 ? [] : leaveOut(REVERSIBLE, 'no --agent was named')),
        ...leaveOut(
          [...TAKE_BACK_ASSERTIONS, ...WAYS.flatMap(({ assertions }) => assertions)],
          'it needs --destructive',
        ),
      ],
    };
  }
  return {
    agents: agents.map((agent, i) => {
      const way = WAYS[i];
      if (way === undefined) return { agent, assertions: REVERSIBLE };
      // A machine that is brought up again has its agent back, where something starts it: that one is not destroyed.
      const before = way.assertions === MACHINE_DOWN_ASSERTIONS ? REVERSIBLE : WITH_TAKE_BACK;
      return { agent, assertions: [...before, ...way.assertions] };
    }),
    leftOut: WAYS.slice(agents.length).flatMap(({ assertions, missing }) => leaveOut(assertions, missing)),
  };
}
