import { agentId } from '../src/domain/ids.ts';
import type { Notice } from '../src/domain/notice.ts';
import { render } from '../src/slack/blocks/render.ts';
import { cluster, noon } from '../test/support/samples.ts';
import { sideBySide } from './measure.ts';
import type { Row } from './row.ts';

/** The answer to `/mesos agents` as text and blocks. Many times over, since one is quick. */
export async function rendering(): Promise<Row[]> {
  const times = 20;
  const many = (agents: number) => {
    const notice = listOf(agents);
    return async () => {
      for (let time = 0; time < times; time++) render(notice);
    };
  };
  const [small, large] = await sideBySide(10, many(50), many(500));
  return [
    {
      what: 'rendering a list of 50 and of 500 agents',
      small: small / times,
      large: large / times,
      unit: 'ms',
      expected: '10 or below: rows are padded one by one; what does not fit into a message is cut at once.',
    },
  ];
}

function listOf(count: number): Notice {
  return {
    kind: 'agents',
    cluster,
    asOf: noon,
    filtered: false,
    of: count,
    from: 0,
    states: [{ state: 'active', agents: count }],
    words: 'agents',
    agents: Array.from({ length: count }, (_, at) => ({
      agentId: agentId(`36693d5a-8c2e-4f0c-9b6e-1a5c2d3e4f50-S${at}`),
      hostname: `agent${at}.example`,
      state: at % 20 === 0 ? ('draining' as const) : ('active' as const),
      attributes: { rack: `r${at % 40}`, zone: `z${at % 3}` },
      since: null,
      tasks: 3,
      open: null,
    })),
  };
}
