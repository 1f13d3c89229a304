-- How long a framework's tasks took to leave an agent before, whatever the length of the log: the latest of one cluster and
-- name (src/store/audit-departures.ts).
CREATE INDEX audit_departures ON audit (cluster, json_extract(entry, '$.facts.name'), at)
  WHERE event = 'drain.framework-left';
