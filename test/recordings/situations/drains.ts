import { agents, EXECUTE, type Hand, PORTS, type Situation, stubborn } from '../situation.ts';

const SPEC = { agents: agents('agent2', 'agent1', 'agent3'), frameworks: [EXECUTE] };

/** Drain, deactivate and reactivate; then a drain with a task that ignores SIGTERM. */
export const DRAIN: Situation = {
  name: 'drains, idle and with a task',
  spec: SPEC,
  ports: PORTS,
  steps: [
    'deactivate_1',
    'deactivate_2_GET_AGENTS',
    'deactivate_3_again',
    'deactivate_4_reactivate',
    'deactivate_5_GET_AGENTS',
    'deactivate_6_reactivate_again',
    'drain_idle_1',
    'drain_idle_2_GET_AGENTS',
    'drain_idle_3_GET_AGENTS_drained',
    'drain_idle_4_agent_GET_AGENT',
    'drain_idle_5_drain_again_on_drained',
    'drain_idle_6_GET_AGENTS',
    'drain_idle_7_deactivate_on_drained',
    'drain_idle_8_reactivate',
    'drain_idle_9_GET_AGENTS',
    ({ cluster }) => cluster.model.launchTask(stubborn('stubborn1', 'agent3.example')),
    'task_1_master_GET_TASKS',
    'task_2_master_GET_STATE',
    'task_3_master_GET_FRAMEWORKS',
    'task_4_agent_GET_TASKS',
    'task_5_agent_GET_STATE',
    'task_6_agent_GET_OPERATIONS',
    'task_7_agent_GET_CONTAINERS',
    'task_8_agent_GET_EXECUTORS',
    'draining_01_DRAIN_AGENT',
    'draining_02_GET_AGENTS',
    'draining_03_agent_GET_AGENT',
    'draining_04_agent_GET_STATE',
    'draining_05_master_GET_TASKS',
    'draining_06_agent_GET_TASKS',
    'draining_07_REACTIVATE',
    'draining_08_DEACTIVATE',
    'draining_09_DRAIN_again_same',
    'draining_10_GET_AGENTS',
    'draining_11_DRAIN_no_grace',
    'draining_12_GET_AGENTS',
    'draining_13_agent_GET_AGENT',
    'draining_14_legacy_slaves',
    'draining_15_DRAIN_short_grace',
    ({ advance }) => advance(2200),
    'draining_20_GET_AGENTS_drained',
    'draining_21_master_GET_TASKS',
    'draining_22_agent_GET_TASKS',
    'draining_23_agent_GET_AGENT',
    'draining_24_REACTIVATE',
    'draining_25_agent_GET_AGENT',
    ({ cluster }) => cluster.model.launchTask(stubborn('stubborn2', 'agent2.example')),
    'drain_grace6_1',
    'drain_grace6_2_GET_AGENTS',
  ],
};

/** The last task's framework leaves before it acknowledged: DRAINING for ever, until drained again. */
export const STUCK: Situation = {
  name: 'an agent stuck in DRAINING',
  spec: { ...SPEC, tasks: [stubborn('stubborn1', 'agent1.example')] },
  ports: PORTS,
  steps: [
    async ({ cluster: { model }, call, advance }) => {
      const agent_id = { value: model.agentId('agent1.example') };
      await call({ type: 'DRAIN_AGENT', drain_agent: { agent_id, max_grace_period: { seconds: 2 } } });
      advance(1000);
      model.setAcks(EXECUTE.name, 'never');
      advance(1100);
      model.disconnectFramework(EXECUTE.name);
      advance(120_000);
    },
    'stuck_1_GET_AGENTS',
    'stuck_2_GET_TASKS',
    'stuck_3_agent_GET_AGENT',
    'stuck_4_REACTIVATE',
    'stuck_5_DRAIN_again',
    'stuck_6_GET_AGENTS',
  ],
};

const again = (agent: string, name: string) => async (hand: Hand) => {
  const { model } = hand.cluster;
  for (const { hostname } of SPEC.agents) {
    const agent_id = { value: model.agentId(hostname) };
    hand.advance(10_000);
    if (model.cluster.leader?.deactivated.has(agent_id.value)) {
      await hand.call({ type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id } });
    }
  }
  model.launchTask(stubborn(name, agent, { killPolicySeconds: 8 }));
};

/** What the master makes of the forms of `max_grace_period`. */
export const FORMS: Situation = {
  name: 'forms of max_grace_period',
  spec: SPEC,
  ports: PORTS,
  steps: [
    ['nanoseconds_form', 'agent3.example'],
    ['seconds_float', 'agent3.example'],
    ['seconds_string', 'agent1.example'],
    ['nanos_only', 'agent2.example'],
    ['over_int64', 'agent3.example'],
    ['null', 'agent2.example'],
  ].flatMap(([form = '', agent = '']) => [
    again(agent, form),
    `form_${form}_1_DRAIN`,
    `form_${form}_2_agent_GET_AGENT`,
    `form_${form}_3_GET_AGENTS`,
  ]),
};

/** Graces that make no sense are taken as they are; the task dies at once. */
export const HOSTILE: Situation = {
  name: 'hostile values',
  spec: {
    agents: agents('agent2', 'agent1'),
    frameworks: [EXECUTE],
    tasks: [stubborn('one', 'agent2.example')],
  },
  ports: PORTS,
  steps: [
    'hostile_negative_1_DRAIN',
    ({ advance }) => advance(300),
    'hostile_negative_2_GET_AGENTS',
    'hostile_negative_3_agent_GET_AGENT',
    async ({ cluster: { model }, call }) => {
      const agent_id = { value: model.agentId('agent2.example') };
      await call({ type: 'REACTIVATE_AGENT', reactivate_agent: { agent_id } });
      model.launchTask(stubborn('two', 'agent1.example'));
    },
    'hostile_huge_1_DRAIN',
    ({ advance }) => advance(300),
    'hostile_huge_2_GET_AGENTS',
    'hostile_huge_3_agent_GET_AGENT',
  ],
};

/** The libprocess command executor, which does not know a maximum grace period. */
export const LEGACY_EXECUTOR: Situation = {
  name: 'upstream default executor',
  spec: {
    ...SPEC,
    tasks: [stubborn('t', 'agent2.example', { executor: 'legacy-command', killPolicySeconds: 15 })],
  },
  ports: PORTS,
  agents: { 'cc111583-6064-49a2-b5d6-7ba5c3995b82-S0': 'agent2.example' },
  steps: ['v0exec_1_DRAIN'],
};

/** Deactivation with a task on the agent, then a drain; and an operator's operation. */
export const DEACTIVATED: Situation = {
  name: 'a deactivated agent with a task',
  spec: {
    agents: agents('agent2', 'agent1'),
    frameworks: [EXECUTE],
    tasks: [stubborn('keep', 'agent2.example', { killPolicySeconds: 2 })],
  },
  ports: PORTS,
  steps: [
    'more_01_DEACTIVATE_with_task',
    'more_02_GET_TASKS',
    'more_03_GET_AGENTS',
    'more_04_DRAIN_deactivated',
    ({ advance }) => advance(2200),
    'more_05_GET_AGENTS',
    'more_06_GET_STATE_drained',
    'more_07_REACTIVATE',
    ({ cluster }) => {
      const uuid = cluster.model.addOperation({ agent: 'agent2.example' });
      cluster.model.carryOutOperation(uuid);
    },
    'more_09_master_GET_OPERATIONS',
    'more_10_agent_GET_OPERATIONS',
  ],
};
