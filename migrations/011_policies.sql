-- What the log last had of a cluster's policy, which every start asks for (src/store/audit-policies.ts): without an index, a
-- long log would be read through where the policy has stood for years.
CREATE INDEX audit_policies ON audit (cluster, seq) WHERE event IN ('policy.changed', 'policy.broken');
