-- The evidence log: a Merkle tree (RFC 6962) over all events and all signatures of agents, in an order that never changes. An automation adds
-- leaves after events were recorded, beginning with the first. docs/evidence-log.md is its specification.

create table ledger.log_leaf (
    leaf      bigint primary key,
    event     bigint,
    signature bigint,
    hash      bytea not null check (length(hash) = 32),
    check ((event is null) <> (signature is null))
);

create unique index log_leaf_of_event on ledger.log_leaf (event) where event is not null;
create unique index log_leaf_of_signature on ledger.log_leaf (signature) where signature is not null;

comment on table ledger.log_leaf is 'leaves of the evidence log. Never changed, never deleted';
comment on column ledger.log_leaf.leaf is 'place in the log, from 0, without gaps';
comment on column ledger.log_leaf.event is 'position of the event, if the leaf is one';
comment on column ledger.log_leaf.signature is 'id of the row of batch_signature, if the leaf is one';

-- What proofs need, so they read a few rows: the hash above each 256 leaves, and above each 256 of those.
create table ledger.log_subtree (
    level  int    not null,
    number bigint not null,
    hash   bytea  not null check (length(hash) = 32),
    primary key (level, number)
);

comment on column ledger.log_subtree.level is '8, 16, 24 and so on: the subtree has 2 to the power of level leaves';

-- One row: how far the log has come.
create table ledger.log_head (
    id            smallint primary key default 1 check (id = 1),
    size          bigint not null default 0,
    hashes        bytea  not null default '',
    events_to     bigint not null default 0,
    signatures_to bigint not null default 0
);

insert into ledger.log_head default values;

comment on column ledger.log_head.size is 'number of leaves';
comment on column ledger.log_head.hashes is 'of the largest full subtrees, from the left, 32 bytes each';
comment on column ledger.log_head.events_to is 'position of the last event that is a leaf';
comment on column ledger.log_head.signatures_to is 'id of the last row of batch_signature that is a leaf';

-- Signed states of the log.
create table ledger.checkpoint (
    number  bigint primary key,
    size    bigint      not null,
    note    text        not null,
    made_at timestamptz not null
);

comment on table ledger.checkpoint is 'signed states of the evidence log (C2SP tlog-checkpoint), from 1, without gaps. Never changed, never deleted';

create function ledger.refuse_change_of_evidence() returns trigger language plpgsql as $$
begin
    raise exception 'the evidence log is never changed';
end
$$;

create trigger log_leaf_is_for_good
    before update or delete or truncate on ledger.log_leaf
    for each statement execute function ledger.refuse_change_of_evidence();

create trigger log_subtree_is_for_good
    before update or delete or truncate on ledger.log_subtree
    for each statement execute function ledger.refuse_change_of_evidence();

create trigger checkpoint_is_for_good
    before update or delete or truncate on ledger.checkpoint
    for each statement execute function ledger.refuse_change_of_evidence();

create trigger batch_signature_is_for_good
    before update or delete or truncate on ledger.batch_signature
    for each statement execute function ledger.refuse_change_of_evidence();

-- As for events: a reader waits for transactions that drew an earlier id, so each needs its transaction id first.
create trigger batch_signature_has_transaction_id
    before insert on ledger.batch_signature
    for each statement execute function ledger.assign_transaction_id();
