create table ledger.merge (
    project text not null,
    merge uuid primary key,
    proposed_at timestamptz not null,
    open boolean not null,
    facts json not null
);

create index merge_of_project on ledger.merge (project, proposed_at);

create index merge_open on ledger.merge (project) where open;

comment on table ledger.merge is 'proposals to bring several heads of a history together, and what became of them';
