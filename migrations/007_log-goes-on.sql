-- A log may be closed, and go on in another file. The first entry of that one (`log.continued`) says which file it goes on
-- from, has the number after its last, and is chained to it; after `log.closed` nothing is added.
DROP TRIGGER audit_appends;
CREATE TRIGGER audit_appends BEFORE INSERT ON audit
WHEN NEW.seq IS NOT 1 + coalesce(
  (SELECT max(seq) FROM audit),
  CASE json_extract(NEW.entry, '$.event') WHEN 'log.continued' THEN json_extract(NEW.entry, '$.facts.closed.seq') END,
  0
)
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows: an entry must have the last seq plus one');
END;

CREATE TRIGGER audit_begins BEFORE INSERT ON audit
WHEN json_extract(NEW.entry, '$.event') = 'log.continued' AND EXISTS (SELECT 1 FROM audit)
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows: only the first entry of a file can go on from another');
END;

CREATE TRIGGER audit_closes BEFORE INSERT ON audit
WHEN (SELECT event FROM audit ORDER BY seq DESC LIMIT 1) = 'log.closed'
BEGIN
  SELECT RAISE(ABORT, 'the audit log was closed: it goes on in another file');
END;
