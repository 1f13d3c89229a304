-- The audit log: what happened, for good. `entry` is canonical JSON, verbatim; every other column but `seq` and
-- `hash` is generated from it, so that nothing can differ. docs/audit-format.md tells the format.
--
-- No further UNIQUE here: REPLACE would delete the row it collides with, and without recursive_triggers no DELETE
-- trigger sees that. A collision of `seq` can't happen: audit_appends refuses it first.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  entry TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
  at TEXT NOT NULL GENERATED ALWAYS AS (json_extract(entry, '$.at')) VIRTUAL,
  event TEXT NOT NULL GENERATED ALWAYS AS (json_extract(entry, '$.event')) VIRTUAL,
  by_user TEXT GENERATED ALWAYS AS (json_extract(entry, '$.actor.user')) VIRTUAL,
  cluster TEXT GENERATED ALWAYS AS (json_extract(entry, '$.cluster')) VIRTUAL,
  agent_id TEXT GENERATED ALWAYS AS (json_extract(entry, '$.agent.id')) VIRTUAL,
  agent_hostname TEXT COLLATE NOCASE GENERATED ALWAYS AS (json_extract(entry, '$.agent.hostname')) VIRTUAL,
  drain INTEGER GENERATED ALWAYS AS (json_extract(entry, '$.drain')) VIRTUAL,
  correlation TEXT NOT NULL GENERATED ALWAYS AS (json_extract(entry, '$.correlation')) VIRTUAL,
  CHECK (json_valid(entry)),
  -- IS, not =: a missing number would make the CHECK null, and null passes.
  CHECK (json_extract(entry, '$.seq') IS seq)
) STRICT;

CREATE INDEX audit_by_user ON audit (by_user, at) WHERE by_user IS NOT NULL;
CREATE INDEX audit_by_agent_id ON audit (agent_id, at) WHERE agent_id IS NOT NULL;
CREATE INDEX audit_by_agent_hostname ON audit (agent_hostname, at) WHERE agent_hostname IS NOT NULL;
CREATE INDEX audit_by_time ON audit (at);

-- A seq left to SQLite is -1 or NULL here, so it is refused too.
CREATE TRIGGER audit_appends BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows: an entry must have the last seq plus one');
END;

CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows: no entry may be changed');
END;

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows: no entry may be removed');
END;
