-- The weekly digest of what is out of service.

-- The week's hour for which it was posted last in a cluster; no row: never.
CREATE TABLE digests (
  cluster TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
