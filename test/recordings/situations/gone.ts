import { agents, EXECUTE, PORTS, type Situation, stubborn } from '../situation.ts';

const SECOND = { ...EXECUTE, name: 'mesos-execute instance, the second' };

/** mark_gone, directly and on a draining agent; gone agents and what is left of them. */
export const GONE: Situation = {
  name: 'agents marked gone',
  spec: {
    agents: agents('agent1', 'agent3', 'agent2', 'agent4'),
    frameworks: [EXECUTE, SECOND],
    tasks: [stubborn('stubborn0', 'agent3.example')],
  },
  ports: PORTS,
  steps: [
    'gone_0a_DRAIN_mark_gone_running',
    'gone_0b_GET_AGENTS',
    ({ advance }) => advance(200),
    'gone_0c_GET_TASKS',
    'gone_0d_GET_AGENTS',
    ({ cluster: { model }, advance }) => {
      model.removeFramework(EXECUTE.name);
      model.launchTask(stubborn('stubborn3', 'agent1.example', { framework: SECOND.name }));
      advance(1);
    },
    'gone_1_DRAIN',
    ({ advance }) => advance(150),
    'gone_2_DRAIN_mark_gone_on_draining',
    'gone_3_GET_AGENTS',
    'gone_4_agent_GET_AGENT',
    ({ advance }) => advance(10_300),
    'gone_5_GET_AGENTS',
    'gone_6_GET_TASKS',
    'gone_7_DRAIN_on_gone',
    'gone_8_REACTIVATE_on_gone',
    'gone_9_DEACTIVATE_on_gone',
    'gone_A_MARK_AGENT_GONE_on_gone',
    'gone_B_MARK_AGENT_GONE',
    'gone_C_GET_AGENTS',
    'gone_D_MARK_AGENT_GONE_again',
    'gone_E_MARK_AGENT_GONE_unknown',
    'gone_F_DRAIN_mark_gone_idle',
    'gone_G_GET_AGENTS',
    'gone_H_GET_AGENTS_none_left',
    ({ cluster: { model } }) => model.disconnectFramework(SECOND.name),
    'gone_I_GET_STATE',
  ],
};

const ID = '0a37035c-0e3c-4520-8acb-2ae6d262ce8e';

/** The registry, and `/slaves` for one agent. */
export const REGISTRY: Situation = {
  name: 'the registry',
  spec: { masters: 2, agents: agents('agent1', 'agent2', 'agent3') },
  // The recordings of a standby come from another cluster, whose leader was on 5250.
  ports: { ...PORTS, 5250: 'master 0', 5260: 'master 1' },
  agents: {
    [`${ID}-S0`]: 'agent1.example',
    [`${ID}-S1`]: 'agent2.example',
    [`${ID}-S2`]: 'agent3.example',
  },
  steps: [
    async ({ cluster: { model }, call, advance }) => {
      const idOf = (hostname: string) => ({ value: model.agentId(hostname) });
      const drain_agent = { agent_id: idOf('agent1.example'), mark_gone: true };
      await call({ type: 'DRAIN_AGENT', drain_agent });
      await call({ type: 'DEACTIVATE_AGENT', deactivate_agent: { agent_id: idOf('agent2.example') } });
      model.killAgentProcess('agent2.example');
      advance(75_000);
    },
    'registry_01_leader_gone_and_unreachable',
    async ({ cluster: { model }, call }) => {
      const agent_id = { value: model.agentId('agent2.example') };
      const drain_agent = { agent_id, max_grace_period: { seconds: 30 }, mark_gone: true };
      await call({ type: 'DRAIN_AGENT', drain_agent });
    },
    'registry_02_leader_unreachable_draining',
    'registry_03_non_leader',
    'slaves_filter_01_registered',
    'slaves_filter_02_gone',
    'slaves_filter_03_non_leader',
  ],
};
