create table ledger.signing_key (
    id smallint primary key default 1 check (id = 1),
    public_key text not null,
    private_key text not null
);

comment on table ledger.signing_key is 'with which this ledger signs policies for its agents: who writes here can change policies anyway';
