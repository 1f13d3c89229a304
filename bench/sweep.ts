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
        '1, or below since the small one is over before it is warm: each agent is parsed and projected once.',
    },
    {
      what: `${what}: peak memory beyond the start`,
      small: small.peakGrowthMb,
      large: large.peakGrowthMb,
      unit: 'MB',
      expected: 'below 10: text and parsed document are both there for a moment, then only the projection.',
    },
    {
      what: `${what}: event loop blocked longest`,
      small: small.blockedMs,
      large: large.blockedMs,
      unit: 'ms',
      expected:
        'up to 10, less since the first sweep is a cold one: JSON.parse and the projection are one piece. Slack waits 3 s for an acknowledgement, so the right column must stay far below.',
    },
  ];
}
