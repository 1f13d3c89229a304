-- Several clusters in one database.

-- Since when the masters of a cluster can't be asked; no row: they answered when they were asked last.
CREATE TABLE unreached (
  cluster TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Deeds of one cluster, newest first (see 009). Narrowed by anything else too, they are found by the index of that.
CREATE INDEX audit_deeds_cluster ON audit (cluster, at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'command.answered' AND event <> 'approval.vote';
