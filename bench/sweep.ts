import { agentsMaster } from './agents-master.ts';
import type { Row } from './row.ts';
import { inChild } from './run-child.ts';

const sizes = { small: 1_000, large: 10_000 };

/** One sweep (GET_MASTER, then GET_AGENTS) of 1 000 and of 10 000 agents, through the real client over HTTP. */
export async function sweep(): Promise<Row[]> {
  const measure = async (agents: number) => {
    const master = await agentsMaster(agents);
    const measured = await inChild({ job: 'sweep', master: master.url, rounds: 7 });
    master.stop();
    return measured;
  };
  const small = await measure(sizes.small);
  const large = await measure(sizes.large);
  const what = 'sweep of 1 000 and 10 000 agents';
  return [
    {
      what: `${what}: time for an agent`,
      small: (small.ms / sizes.small) * 1000,
      large: (large.ms / sizes.large) * 1000,
      unit: 'µs',
      expected:
        '1, or below since the small one is over before it is warm: each agent is parsed and projected once, at some three times the work of JSON.parse.',
    },
    {
      what: `${what}: peak memory beyond the start`,
      small: small.peakGrowthMb,
      large: large.peakGrowthMb,
      unit: 'MB',
      expected:
        'far below 10: no more than one agent of the document is ever there, so what grows is the projections of this sweep and the last, and garbage.',
    },
    {
      what: `${what}: event loop blocked longest`,
      small: small.blockedMs,
      large: large.blockedMs,
      unit: 'ms',
      expected:
        'about 1: an answer is read in pieces, with the loop free in between; a little more for the garbage collector. A commit must be back in 2 s, or the person is told "not recorded": the right column must stay below 100 ms on an idle machine.',
    },
  ];
}
