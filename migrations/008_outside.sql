-- What every sweep compares with, to notice what others do to the cluster. `body` is JSON and carries `v`.

-- An agent's service (active, deactivated, its drain) as it was last believed.
CREATE TABLE believed (
  cluster TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (cluster, agent_id)
) STRICT, WITHOUT ROWID;

-- The last sweep of each cluster that could read the agents, and the maintenance schedule as it was last believed.
CREATE TABLE sweeps (
  cluster TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;
