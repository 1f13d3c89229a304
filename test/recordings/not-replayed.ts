/** Recordings that nothing here replays, by the reason why. A recording that is neither replayed nor here fails the
 * test. */
export const NOT_REPLAYED: Readonly<Record<string, readonly string[]>> = {
  'the bot asks for no such call, so the simulated cluster answers 501': [
    'agent_GET_FLAGS',
    'agent_GET_RESOURCE_PROVIDERS',
    'master_GET_FLAGS',
    'master_GET_LOGGING_LEVEL',
    'master_GET_METRICS',
    'master_GET_QUOTA',
    'master_GET_ROLES',
    'master_GET_WEIGHTS',
    'more_08_RESERVE',
    'more_11_RESERVE_unknown_agent',
  ],
  'the bot asks for no such path, so the simulated cluster has none': [
    'ha_09_nonleader_state',
    'legacy_GET_state',
  ],
  'the bot polls: SUBSCRIBE is not simulated': ['subscribe_agents', 'subscribe_events'],
  'the bot never asks for protobuf': ['master_GET_AGENTS_accept_protobuf', 'subscribe_accept_protobuf'],
};
