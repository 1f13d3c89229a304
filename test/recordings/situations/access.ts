import { agents, type Situation } from '../situation.ts';

const ADMIN = ['admin'];

/** Authentication, then what the ACLs deny. */
export const ACCESS: Situation = {
  name: 'credentials and ACLs',
  spec: {
    agents: agents('agent1'),
    credentials: [
      { principal: 'admin', secret: 'adminpw' },
      { principal: 'reader', secret: 'readerpw' },
    ],
    acls: {
      drain_agents: ADMIN,
      deactivate_agents: ADMIN,
      reactivate_agents: ADMIN,
      mark_agents_gone: ADMIN,
      update_maintenance_schedules: ADMIN,
    },
  },
  ports: { 5350: 'master 0', 5351: 'agent1.example' },
  steps: [
    'auth_01_no_credentials',
    'auth_02_wrong_password',
    'auth_03_unknown_user',
    'auth_04_malformed',
    'auth_05_ok',
    'auth_10_forbidden_DRAIN_AGENT',
    'auth_11_forbidden_DEACTIVATE_AGENT',
    'auth_12_forbidden_REACTIVATE_AGENT',
    'auth_13_forbidden_MARK_AGENT_GONE',
    'auth_14_forbidden_unknown_agent',
    'auth_15_forbidden_maintenance',
    'auth_16_reader_GET_AGENTS',
    'auth_17_unauth_malformed',
    'auth_18_unauth_GET_method',
    'auth_20_allowed_DRAIN',
    'auth_21_health_unauth',
    'auth_22_version_unauth',
    'auth_23_redirect_unauth',
  ],
};
