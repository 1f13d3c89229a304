-- Questions for a second person, and what was marked gone on their answer.
CREATE TABLE approval_counter (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
) STRICT;
INSERT INTO approval_counter (id, last) VALUES (1, 0);

CREATE TABLE approvals (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  version INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.version')) VIRTUAL,
  cluster TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.cluster')) VIRTUAL,
  agent_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.agentId')) VIRTUAL,
  thread TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.thread')) VIRTUAL,
  drain INTEGER GENERATED ALWAYS AS (json_extract(body, '$.drain')) VIRTUAL,
  status TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.state.status')) VIRTUAL,
  CHECK (json_extract(body, '$.id') IS id)
) STRICT;
CREATE UNIQUE INDEX approvals_one_pending ON approvals (cluster, agent_id) WHERE status <> 'settled';
CREATE INDEX approvals_by_thread ON approvals (thread);

CREATE TABLE mark_gones (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  version INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.version')) VIRTUAL,
  cluster TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.cluster')) VIRTUAL,
  agent_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.agentId')) VIRTUAL,
  status TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.state.status')) VIRTUAL,
  approval INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.approval')) VIRTUAL,
  intended_at INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.intendedAt')) VIRTUAL,
  CHECK (json_extract(body, '$.id') IS id)
) STRICT;
CREATE UNIQUE INDEX mark_gones_one_open ON mark_gones (cluster, agent_id) WHERE status <> 'ended';
CREATE INDEX mark_gones_by_approval ON mark_gones (approval);

-- The question that the thread's root asks, or asked.
ALTER TABLE threads ADD COLUMN approval INTEGER;
-- Counts what the card has to show; an edit of an older one leaves it stale.
ALTER TABLE threads ADD COLUMN card_revision INTEGER NOT NULL DEFAULT 0;
CREATE INDEX threads_by_message ON threads (channel, ts) WHERE ts IS NOT NULL;
