-- Both are filled when the views are rebuilt in their new form.
alter table ledger.gate_override add column closes_at timestamptz;

create index gate_override_by_end on ledger.gate_override (closes_at) where closes_at is not null;

comment on column ledger.gate_override.closes_at is 'when time closes it; absent once it is closed';

alter table ledger.accepted_finding
    add column ends_at timestamptz,
    add column ended boolean not null default false;

create index accepted_finding_by_end on ledger.accepted_finding (ended, ends_at);

comment on column ledger.accepted_finding.ended is 'whether an event says that its time is over';
