-- What the bot works on. Instants are integer milliseconds UTC; Slack's ts is text. Columns of JSON carry `v`.

-- Who has the database open; the lock itself is a second file.
CREATE TABLE holder (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  owner TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;

-- Commands as they came, committed before they are acknowledged.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  trigger_id TEXT NOT NULL UNIQUE,
  correlation TEXT NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  team_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  text TEXT NOT NULL,
  response_url TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  settled TEXT CHECK (settled IN ('done', 'refused', 'failed', 'late', 'void')),
  settled_at INTEGER
) STRICT;
CREATE INDEX inbox_waiting ON inbox (id) WHERE settled IS NULL;

-- One row: the last drain id given out, so that an id is never given twice.
CREATE TABLE drain_counter (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last INTEGER NOT NULL
) STRICT;
INSERT INTO drain_counter (id, last) VALUES (1, 0);

CREATE TABLE drains (
  id INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  checked_at INTEGER,
  version INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.version')) VIRTUAL,
  cluster TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.cluster')) VIRTUAL,
  agent_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.agentId')) VIRTUAL,
  status TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.state.status')) VIRTUAL,
  CHECK (json_extract(body, '$.id') IS id)
) STRICT;
CREATE UNIQUE INDEX drains_one_open ON drains (cluster, agent_id)
  WHERE status IN ('calling', 'checking', 'draining');
CREATE INDEX drains_by_status ON drains (cluster, status);

-- A thread exists before Slack knows it; `ts` is filled in when its root is delivered.
CREATE TABLE threads (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  root_notice TEXT NOT NULL,
  drain INTEGER,
  ts TEXT,
  permalink TEXT,
  -- The card shows less than the truth since the first, and at least up to the second.
  card_stale_since INTEGER,
  card_changed_at INTEGER,
  card_edited_at INTEGER,
  dead TEXT
) STRICT;
CREATE INDEX threads_stale ON threads (card_stale_since) WHERE card_stale_since IS NOT NULL;

-- The outbox. `seq` is the order, also within a thread.
CREATE TABLE notices (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  destination TEXT NOT NULL CHECK (json_valid(destination)),
  notice TEXT NOT NULL CHECK (json_valid(notice)),
  attempts INTEGER NOT NULL DEFAULT 0,
  first_attempt_at INTEGER,
  doubtful INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1)),
  due_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  sent_ts TEXT,
  dead_at INTEGER,
  dead_why TEXT,
  thread TEXT GENERATED ALWAYS AS (json_extract(destination, '$.thread')) VIRTUAL,
  CHECK (sent_at IS NULL OR dead_at IS NULL)
) STRICT;
CREATE INDEX notices_undelivered ON notices (thread, seq) WHERE sent_at IS NULL AND dead_at IS NULL;

-- The directory: every agent ever seen.
CREATE TABLE agents (
  cluster TEXT NOT NULL,
  agent_id TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (cluster, agent_id)
) STRICT, WITHOUT ROWID;
