-- Work on several agents or on machines, and questions about it.
CREATE TABLE plan_counter (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
) STRICT;
INSERT INTO plan_counter (id, last) VALUES (1, 0);

CREATE TABLE plans (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  version INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.version')) VIRTUAL,
  cluster TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.cluster')) VIRTUAL,
  thread TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.thread')) VIRTUAL,
  status TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.state.status')) VIRTUAL,
  CHECK (json_extract(body, '$.id') IS id)
) STRICT;
CREATE INDEX plans_by_status ON plans (cluster, status);

-- Which plan an agent is held by: one at most, whoever asks at the same moment.
CREATE TABLE plan_agents (
  cluster TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  plan INTEGER NOT NULL,
  PRIMARY KEY (cluster, agent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_agents_by_plan ON plan_agents (plan);

-- The plan whose card the thread's root is.
ALTER TABLE threads ADD COLUMN plan INTEGER;

-- A question is about one agent or about one plan.
CREATE TABLE approvals_now (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  version INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.version')) VIRTUAL,
  cluster TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.cluster')) VIRTUAL,
  agent_id TEXT GENERATED ALWAYS AS (json_extract(body, '$.agentId')) VIRTUAL,
  plan INTEGER GENERATED ALWAYS AS (json_extract(body, '$.plan')) VIRTUAL,
  thread TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.thread')) VIRTUAL,
  drain INTEGER GENERATED ALWAYS AS (json_extract(body, '$.drain')) VIRTUAL,
  status TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.state.status')) VIRTUAL,
  CHECK (json_extract(body, '$.id') IS id),
  CHECK ((json_extract(body, '$.agentId') IS NULL) <> (json_extract(body, '$.plan') IS NULL))
) STRICT;
INSERT INTO approvals_now (id, body) SELECT id, body FROM approvals;
DROP TABLE approvals;
ALTER TABLE approvals_now RENAME TO approvals;
CREATE UNIQUE INDEX approvals_one_pending ON approvals (cluster, agent_id)
  WHERE status <> 'settled' AND agent_id IS NOT NULL;
CREATE UNIQUE INDEX approvals_one_pending_of_plan ON approvals (plan)
  WHERE status <> 'settled' AND plan IS NOT NULL;
CREATE INDEX approvals_by_thread ON approvals (thread);
