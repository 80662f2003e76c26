create table ledger.branch (
    project text not null,
    source text not null,
    published_at timestamptz not null,
    facts json not null,
    primary key (project, source)
);

comment on table ledger.branch is 'branches and pull requests that were published before they are merged, and not closed';
