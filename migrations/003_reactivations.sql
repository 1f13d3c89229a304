-- Agents that are on their way back into service.
CREATE TABLE reactivations (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  version INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.version')) VIRTUAL,
  cluster TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.cluster')) VIRTUAL,
  agent_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.agentId')) VIRTUAL,
  status TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.state.status')) VIRTUAL,
  intended_at INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.intendedAt')) VIRTUAL,
  CHECK (json_extract(body, '$.id') IS id)
) STRICT;
CREATE UNIQUE INDEX reactivations_one_open ON reactivations (cluster, agent_id) WHERE status <> 'ended';
