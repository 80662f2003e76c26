create table ledger.people (
    only_row boolean not null default true primary key check (only_row),
    facts json not null
);

comment on table ledger.people is 'links of the local administrator and access tokens, by their digests';
