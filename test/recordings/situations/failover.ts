import { agents, type Situation } from '../situation.ts';

/** Two masters; the leader stops. */
export const TWO_MASTERS: Situation = {
  name: 'failover of two masters',
  spec: { masters: 2, agents: agents('agent1', 'agent2') },
  ports: { 5260: 'master 0', 5250: 'master 1', 5251: 'agent1.example', 5252: 'agent2.example' },
  steps: [
    'ha_01_leader_GET_MASTER',
    'ha_02_nonleader_GET_AGENTS',
    'ha_03_nonleader_DRAIN',
    'ha_04_nonleader_master_api',
    'ha_05_nonleader_redirect',
    'ha_06_nonleader_malformed',
    'ha_07_nonleader_GET_method',
    'ha_08_nonleader_health',
    'ha_10_nonleader_subscribe',
    'ha_10b_nonleader_GET_HEALTH',
    'ha_11_DEACTIVATE',
    ({ cluster }) => cluster.model.failover(),
    'ha_21_failover_GET_AGENTS',
    ({ advance }) => advance(9_500 + 400 + 300),
    'ha_22_failover_GET_AGENTS',
    ({ advance }) => advance(300),
    'ha_30_after_failover_GET_AGENTS',
    'ha_31_after_failover_redirect',
  ],
};

/** Three masters; agents are down while the next one takes over; then ZooKeeper goes. */
export const RECOVERED: Situation = {
  name: 'recovered agents and no leader',
  spec: { masters: 3, agents: agents('agent1', 'agent2') },
  ports: {
    5270: 'master 0',
    5260: 'master 1',
    5250: 'master 2',
    5251: 'agent1.example',
    5252: 'agent2.example',
  },
  steps: [
    'rec_01_DRAIN_before_failover',
    'rec_02_GET_AGENTS',
    ({ cluster: { model } }) => {
      model.killAgentProcess('agent1.example');
      model.killAgentProcess('agent2.example');
      model.failover();
    },
    'rec_03_1_during_failover_5250',
    'rec_03_2_during_failover_5260',
    ({ advance }) => advance(9_500),
    'rec_03_3_during_failover_5250',
    'rec_03_4_during_failover_5260',
    ({ advance }) => advance(400),
    'rec_04_GET_AGENTS_recovered',
    'rec_05_DRAIN_recovered',
    'rec_06_REACTIVATE_recovered_drained',
    'rec_07_REACTIVATE_recovered_draining',
    'rec_08_DEACTIVATE_recovered',
    'rec_09_GET_AGENTS',
    ({ cluster: { model }, advance }) => {
      model.returnAgent('agent1.example');
      model.returnAgent('agent2.example');
      advance(100);
    },
    'rec_10_GET_AGENTS_back',
    ({ advance }) => advance(2000),
    'rec_11_GET_AGENTS_back2',
    'rec_12_MARK_GONE',
    ({ cluster }) => cluster.model.loseZooKeeper(),
    'rec_13_1_zk_lost_leader',
    'rec_13_2_zk_lost_standby',
    ({ advance }) => advance(10_500),
    'rec_13_4_zk_lost_standby',
    'rec_14_noleader_GET_method',
    'rec_15_noleader_redirect',
    'rec_16_noleader_DRAIN',
    'rec_17_noleader_health',
  ],
};
