-- One row: which database this is, and whether it was set back. The columns of JSON carry `v`.
CREATE TABLE this_database (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- Random; a copy has the same one.
  database TEXT NOT NULL,
  -- The head of the log that was last queued for the anchor channel, and when.
  anchored_seq INTEGER,
  anchored_at INTEGER,
  -- Set back, and nobody has accepted that yet: since when, and what was found.
  restored TEXT CHECK (json_valid(restored)),
  -- Anchors up to this time no longer tell of a restore.
  accepted_up_to INTEGER,
  CHECK ((anchored_seq IS NULL) = (anchored_at IS NULL))
) STRICT;
