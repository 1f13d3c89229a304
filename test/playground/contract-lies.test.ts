import { afterEach, describe, expect, it } from '@jest/globals';
import { realClock } from '../../playground/clock.ts';
import type { AgentSubject } from '../../playground/contract/agent-subject.ts';
import { type Assertion, NotApplicable } from '../../playground/contract/assertion.ts';
import { DRAINING_ASSERTIONS } from '../../playground/contract/draining.ts';
import { operatorApi } from '../../playground/contract/operator-api.ts';
import { planFor } from '../../playground/contract/plan.ts';
import { READ_ASSERTIONS } from '../../playground/contract/reads.ts';
import { REQUEST_ASSERTIONS } from '../../playground/contract/requests.ts';
import { TAKE_BACK_ASSERTIONS } from '../../playground/contract/take-back.ts';
import { type SimulatedCluster, startCluster } from '../../playground/mesos/start.ts';
import { DRAINED_LIES, DRAINING_LIES, IN_SERVICE_LIES } from './contract-lies/drains.ts';
import { GONE_BY_DRAIN_LIES, MARK_AGENT_GONE_LIES } from './contract-lies/gone.ts';
import { type Lies, nobody, says } from './contract-lies/lies.ts';
import { type Lie, type LyingProxy, startLyingProxy } from './contract-lies/lying-proxy.ts';
import { MACHINE_DOWN_LIES, MAINTENANCE_LIES } from './contract-lies/maintenance.ts';
import { FRAMEWORK_TASKS_LIES, READ_LIES, REQUEST_LIES } from './contract-lies/reads.ts';

const HOSTS = ['agent1.example', 'agent2.example', 'agent3.example'];

/** The first agent is to go by a drain, the second by MARK_AGENT_GONE, the third with its machine. */
const PLANS = planFor(['S0', 'S1', 'S2'], true).agents.map(({ assertions }) => assertions);
const ALONE: readonly Assertion<AgentSubject>[] = [...REQUEST_ASSERTIONS, ...READ_ASSERTIONS];

let cluster: SimulatedCluster;
let proxy: LyingProxy;
afterEach(async () => {
  await proxy.stop();
  await cluster.stop();
});

const start = async (withTask: boolean): Promise<void> => {
  const [agent = ''] = HOSTS;
  cluster = await startCluster({
    clock: realClock(),
    spec: {
      agents: HOSTS.map((hostname) => ({ hostname })),
      frameworks: [{ name: 'marathon' }],
      tasks: withTask
        ? [
            { name: 'web', framework: 'marathon', agent, exitsAfterSigtermMs: 4_000 },
            { name: 'api', framework: 'marathon', agent: HOSTS[2] ?? '' },
          ]
        : [],
    },
  });
  proxy = await startLyingProxy(cluster.masterUrls[0] ?? '', HOSTS.map(cluster.model.agentUrl));
};

/** Does all that comes before an assertion in its plan; then lies to that one alone. */
const lieTo = async (name: string, lies: readonly Lie[], patienceMs = 1): Promise<void> => {
  const plan = [ALONE, ...PLANS].find((all) => all.some((each) => each.name === name)) ?? [];
  const at = plan.findIndex((each) => each.name === name);
  const agent = cluster.model.agentId(HOSTS[Math.max(0, PLANS.indexOf(plan))] ?? '');
  const subject = (url: string, ms: number): AgentSubject => {
    const leader = operatorApi(url);
    return { leader, given: leader, agent, patienceMs: ms };
  };
  for (const before of plan === ALONE ? [] : plan.slice(0, at)) {
    await before.run(subject(cluster.masterUrls[0] ?? '', 5_000)).catch((error: unknown) => {
      if (!(error instanceof NotApplicable)) throw error;
    });
  }
  proxy.lie(...lies);
  await plan[at]?.run(subject(proxy.url, patienceMs));
};

const ALL_LIES: Lies = {
  ...REQUEST_LIES,
  ...READ_LIES,
  ...FRAMEWORK_TASKS_LIES,
  ...IN_SERVICE_LIES,
  ...MAINTENANCE_LIES,
  ...DRAINING_LIES,
  ...DRAINED_LIES,
  ...GONE_BY_DRAIN_LIES,
  ...MARK_AGENT_GONE_LIES,
  ...MACHINE_DOWN_LIES,
};

describe('an assertion of the contract finds out a master that is otherwise', () => {
  const rows = Object.entries(ALL_LIES).flatMap(([assertion, lies]) =>
    lies.map((row) => [assertion, ...row] as const),
  );

  it.each(rows)('"%s": one that %s', async (assertion, _master, about, tell, found, more = {}) => {
    const { nth, needsTask = false } = more;
    await start(needsTask);
    const lie = { about, tell, ...(nth === undefined ? {} : { nth }) };
    const error: unknown = await lieTo(assertion, [lie]).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(NotApplicable);
    expect(error).toMatchObject({ message: expect.stringMatching(found) });
  });

  it('each has its rows', async () => {
    await start(false);
    const names = new Set([...ALONE, ...PLANS.flat()].map(({ name }) => name));
    expect(new Set(Object.keys(ALL_LIES))).toEqual(names);
  });
});

describe('what ends just while it is looked at is not applicable, and neither is what follows', () => {
  const theEnd = expect.objectContaining({ name: 'NotApplicable', isEnd: true });

  it('a drain, before the agent was reactivated', async () => {
    await start(true);
    const lies: Lie[] = [
      { about: 'REACTIVATE_AGENT', tell: says(200) },
      { about: 'agent GET_TASKS', tell: says(200, '{"get_tasks":{"launched_tasks":[]}}') },
    ];
    await expect(lieTo(DRAINING_ASSERTIONS[1]?.name ?? '', lies)).rejects.toEqual(theEnd);
  });

  it('a drain that marks gone, before that was taken back', async () => {
    await start(true);
    let isGone = false;
    const lies: Lie[] = [
      {
        about: 'DRAIN_AGENT',
        nth: 1,
        tell: (answer) => {
          isGone = true;
          return says(400, 'Unknown agent')(answer);
        },
      },
      { about: 'GET_AGENTS', tell: (answer) => (isGone ? nobody(answer) : answer) },
    ];
    await expect(lieTo(TAKE_BACK_ASSERTIONS[0]?.name ?? '', lies)).rejects.toEqual(theEnd);
  });
});
