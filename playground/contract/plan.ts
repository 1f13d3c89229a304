import type { AgentSubject } from './agent-subject.ts';
import type { Assertion } from './assertion.ts';
import { DRAINED_ASSERTIONS } from './drained.ts';
import { DRAINING_ASSERTIONS } from './draining.ts';
import { GONE_BY_DRAIN_ASSERTIONS } from './gone-by-drain.ts';
import { IN_SERVICE_ASSERTIONS } from './in-service.ts';
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

const REVERSIBLE: Assertions = [...IN_SERVICE_ASSERTIONS, ...DRAINING_ASSERTIONS, ...DRAINED_ASSERTIONS];

/** For an agent that is destroyed in the end anyhow. */
const WITH_TAKE_BACK: Assertions = [
  ...IN_SERVICE_ASSERTIONS,
  ...DRAINING_ASSERTIONS,
  ...TAKE_BACK_ASSERTIONS,
  ...DRAINED_ASSERTIONS,
];

/** The ways into oblivion: the first agent goes the first, the second the second; further agents stay. */
const WAYS: readonly Assertions[] = [GONE_BY_DRAIN_ASSERTIONS, MARK_AGENT_GONE_ASSERTIONS];

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
        ...leaveOut([...TAKE_BACK_ASSERTIONS, ...WAYS.flat()], 'it needs --destructive'),
      ],
    };
  }
  const missing = WAYS.slice(agents.length).flat();
  return {
    agents: agents.map((agent, i) => {
      const way = WAYS[i];
      return { agent, assertions: way === undefined ? REVERSIBLE : [...WITH_TAKE_BACK, ...way] };
    }),
    leftOut: leaveOut(missing, 'it needs a second --agent: the first one is gone by its drain'),
  };
}
