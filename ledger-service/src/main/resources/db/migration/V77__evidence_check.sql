-- How far the ledger has come with comparing its tables with the evidence log, forever round and round.
create table ledger.evidence_check (
    id             smallint primary key default 1 check (id = 1),
    leaf           bigint not null default 0,
    hashes         bytea  not null default '',
    events_to      bigint not null default 0,
    signatures_to  bigint not null default 0,
    good_to        bigint not null default 0,
    found          json   not null default '{"places": []}',
    started_at     timestamptz not null default '-infinity',
    piece_at       timestamptz not null default '-infinity',
    completed_at   timestamptz,
    completed_size bigint
);

insert into ledger.evidence_check default values;

comment on column ledger.evidence_check.leaf is 'the next leaf of this round';
comment on column ledger.evidence_check.hashes is 'of the largest full subtrees of the leaves before, as their rows make them';
comment on column ledger.evidence_check.good_to is 'leaves that make the root of a signed checkpoint; -1 after one that did not match';
comment on column ledger.evidence_check.found is 'what this round found';
