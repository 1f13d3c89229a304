import { type Lies, says, text } from './lies.ts';

const LISTED = says(200, '{"slaves":[{}],"recovered_slaves":[]}');
const RECOVERED = says(200, '{"slaves":[],"recovered_slaves":[{}]}');
const NOT_GONE = text('"gone"', '"g"');
const OTHER_LEADER = text(/"id":"[^"]+"/g, '"id":"another"');
const UNKNOWN_AS_404 = says(404, 'Unknown agent');

/** About an agent, S0, that goes with a second drain; S1 and S2 are there. */
export const GONE_BY_DRAIN_LIES: Lies = {
  'drains plainly to DRAINED, then takes the same drain with mark_gone': [
    ['refuses the first', 'DRAIN_AGENT', says(403), /answer/, { nth: 0 }],
    ['never says DRAINED', 'GET_AGENTS', text('DRAINED', 'DRAINING'), /DRAINED: not within/],
    ['refuses the second', 'DRAIN_AGENT', says(403), /answer/, { nth: 1 }],
  ],
  'lists an agent nowhere that is gone by its drain': [
    ['goes on listing it', 'GET_AGENTS', text('-S1"', '-S0"'), /not in GET_AGENTS: not within/],
    ['lists it again', 'GET_AGENTS', text('-S1"', '-S0"'), /in GET_AGENTS: wanted/, { nth: 1 }],
    ['has it in /slaves', '/slaves', LISTED, /slaves/],
    ['has it recovered', '/slaves', RECOVERED, /slaves/],
  ],
  'has an agent that is gone by its drain in the registry': [
    ['has removed it', '/registrar(1)/registry', NOT_GONE, /not in gone\.slaves/],
    ['is a standby', '/registrar(1)/registry', says(200, '{}'), /not in gone\.slaves/],
    ['is another by now', 'GET_MASTER', OTHER_LEADER, /GET_MASTER id/, { nth: 1 }],
  ],
  'does not know the agent any more when the drain with mark_gone is repeated': [
    ['drains it again', 'DRAIN_AGENT', says(200), /wanted 400/],
    ['says 404', 'DRAIN_AGENT', UNKNOWN_AS_404, /wanted 400/],
  ],
  'does not know the agent any more when it is to be deactivated': [
    ['deactivates it', 'DEACTIVATE_AGENT', says(200), /wanted 400/],
  ],
  'takes an agent that is gone by its drain for DRAINING when it is to be reactivated': [
    ['takes it back', 'REACTIVATE_AGENT', says(200), /wanted 400/],
    ['forgot its drain', 'REACTIVATE_AGENT', says(400, 'Agent is not deactivated'), /body/],
  ],
  'marks an agent gone, without objection, that is gone by its drain': [
    ['does not find it', 'MARK_AGENT_GONE', says(404), /answer/],
  ],
};

/** About an agent, S1, that goes by MARK_AGENT_GONE; S2 is there. */
export const MARK_AGENT_GONE_LIES: Lies = {
  'finds no agent to mark gone that never was': [
    ['marks it', 'MARK_AGENT_GONE', says(200), /wanted 404/],
    ['says 400', 'MARK_AGENT_GONE', says(400, 'Unknown agent'), /wanted 404/],
  ],
  'marks an agent gone': [
    ['is busy with it', 'MARK_AGENT_GONE', says(503), /answer/],
    ['answers 202', 'MARK_AGENT_GONE', says(202), /answer/],
  ],
  'marks an agent gone again, without objection': [['objects', 'MARK_AGENT_GONE', says(404), /answer/]],
  'lists a marked agent nowhere': [
    ['lists it', 'GET_AGENTS', text('-S2"', '-S1"'), /in GET_AGENTS/],
    ['has it in /slaves', '/slaves', LISTED, /slaves/],
  ],
  'has a marked agent in the registry': [
    ['has removed it', '/registrar(1)/registry', NOT_GONE, /not in gone\.slaves/],
  ],
  'does not know a marked agent when it is to be drained or deactivated': [
    ['drains it', 'DRAIN_AGENT', says(200), /wanted 400/],
    ['deactivates it', 'DEACTIVATE_AGENT', says(200), /wanted 400/],
  ],
  'has a marked agent not deactivated when it is to be reactivated': [
    ['takes it back', 'REACTIVATE_AGENT', says(200), /wanted 400/],
    ['thinks it drains', 'REACTIVATE_AGENT', says(400, 'Agent is still in the DRAINING state'), /body/],
  ],
};
