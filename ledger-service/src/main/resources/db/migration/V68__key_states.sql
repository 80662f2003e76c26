create table ledger.key_state (
    key text not null,
    ordinal bigint not null,
    number bigint not null,
    digest text not null,
    noted_at timestamptz not null,
    primary key (key, ordinal)
);

comment on table ledger.key_state is 'states of the keys of agents by their digests, the newest of each key with the highest ordinal';
