create table ledger.accepted_finding (
    id uuid not null primary key,
    project text not null,
    environment text not null,
    acceptance json not null
);

create index accepted_finding_of_environment on ledger.accepted_finding (project, environment);

comment on table ledger.accepted_finding is 'what each project accepts for a while of what is found in its environments';
