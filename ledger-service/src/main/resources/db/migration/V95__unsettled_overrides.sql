-- Overrides that may wait for someone: few, however many were opened.
create index gate_override_unsettled on ledger.gate_override (opened_at desc, id desc)
where facts ->> 'reviewedAt' is null and (json_array_length(facts -> 'deploys') > 0 or facts ->> 'closedAt' is null);
