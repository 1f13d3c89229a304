import { agents, EXECUTE, PORTS, type Situation, stubborn } from '../situation.ts';

/** Agents that lose their connection, become unreachable, come back, unregister. */
export const UNREACHABLE: Situation = {
  name: 'disconnected and unreachable agents',
  spec: {
    agents: agents('agent2', 'agent1', 'agent3'),
    frameworks: [EXECUTE],
    tasks: [stubborn('stubborn4', 'agent3.example')],
  },
  ports: PORTS,
  steps: [
    ({ cluster: { model } }) => {
      model.killAgentProcess('agent1.example');
      model.killAgentProcess('agent2.example');
    },
    'unreach_01_GET_AGENTS_disconnected',
    'unreach_02_DRAIN_disconnected',
    'unreach_03_GET_AGENTS',
    'unreach_03b_REACTIVATE_disconnected',
    ({ advance }) => advance(75_000),
    'unreach_04_GET_AGENTS',
    'unreach_05_GET_TASKS',
    'unreach_06_DRAIN_unreachable',
    'unreach_07_REACTIVATE_unreachable_draining',
    'unreach_08_DEACTIVATE_unreachable',
    ({ cluster: { model }, advance }) => {
      model.returnAgent('agent2.example');
      advance(100);
    },
    'unreach_09_GET_AGENTS_back',
    ({ advance }) => advance(2000),
    'unreach_10_GET_AGENTS_back2',
    'unreach_11_MARK_GONE_unreachable',
    ({ cluster: { model }, advance }) => {
      model.returnAgent('agent1.example');
      advance(1000);
    },
    'unreach_12_GET_AGENTS_gone_returns',
    ({ cluster: { model } }) => model.unregisterAgent('agent3.example'),
    'unreach_13_GET_AGENTS_usr1',
    'unreach_14_DRAIN_unregistered',
    'unreach_15_DEACTIVATE_then_unreach',
    ({ cluster: { model }, advance }) => {
      model.killAgentProcess('agent2.example');
      advance(75_000);
    },
    'unreach_16_REACTIVATE_unreachable_deactivated',
  ],
};
