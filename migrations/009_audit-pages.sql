-- Finds deeds in the audit log, newest first, whatever its length and whatever they are narrowed by: one index for each
-- combination. All that followed from one command is one deed, and one of its entries stands for it: which, depends on what is
-- asked for (src/store/audit-deeds.ts). What can only follow, and what only keeps the log, is in none of these; so an event that a later version adds is
-- found without a change here. Reads count only where a command is asked for, votes only where a person is.
--
-- Expressions, not columns: the table stays as it is in copies of older databases.

CREATE INDEX audit_deeds ON audit (at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'command.answered' AND event <> 'approval.vote';
CREATE INDEX audit_deeds_command ON audit (coalesce(json_extract(entry, '$.command.parsed.verb'), json_extract(entry, '$.facts.command')), at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'approval.vote';
CREATE INDEX audit_deeds_user ON audit (by_user, at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'command.answered';
CREATE INDEX audit_deeds_user_command ON audit (by_user, coalesce(json_extract(entry, '$.command.parsed.verb'), json_extract(entry, '$.facts.command')), at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended');

CREATE INDEX audit_deeds_agent_id ON audit (agent_id, at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'command.answered' AND event <> 'approval.vote';
CREATE INDEX audit_deeds_agent_id_command ON audit (agent_id, coalesce(json_extract(entry, '$.command.parsed.verb'), json_extract(entry, '$.facts.command')), at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'approval.vote';
CREATE INDEX audit_deeds_agent_id_user ON audit (agent_id, by_user, at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'command.answered';
CREATE INDEX audit_deeds_agent_id_user_command ON audit (agent_id, by_user, coalesce(json_extract(entry, '$.command.parsed.verb'), json_extract(entry, '$.facts.command')), at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended');

CREATE INDEX audit_deeds_agent_hostname ON audit (agent_hostname, at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'command.answered' AND event <> 'approval.vote';
CREATE INDEX audit_deeds_agent_hostname_command ON audit (agent_hostname, coalesce(json_extract(entry, '$.command.parsed.verb'), json_extract(entry, '$.facts.command')), at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'approval.vote';
CREATE INDEX audit_deeds_agent_hostname_user ON audit (agent_hostname, by_user, at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended')
    AND event <> 'command.answered';
CREATE INDEX audit_deeds_agent_hostname_user_command ON audit (agent_hostname, by_user, coalesce(json_extract(entry, '$.command.parsed.verb'), json_extract(entry, '$.facts.command')), at)
  WHERE event NOT GLOB 'drain.*' AND event NOT GLOB 'mark-gone.*' AND event NOT GLOB 'reactivation.*'
    AND event NOT GLOB 'head.*'
    AND (event NOT GLOB 'approval.*' OR event IN ('approval.asked', 'approval.vote'))
    AND (event NOT GLOB 'call.*' OR event = 'call.intended');

-- What a deed is folded from, and what happened in a drain.
CREATE INDEX audit_by_correlation ON audit (correlation);
CREATE INDEX audit_by_drain ON audit (drain) WHERE drain IS NOT NULL;

-- Whether the button stood on a message that only its reader sees: a page that is turned takes the place of the one before.
ALTER TABLE inbox ADD COLUMN ephemeral INTEGER NOT NULL DEFAULT 0 CHECK (ephemeral IN (0, 1));
