-- The audit: an entry for each recorded event, and what it is found by. Made from ledger.event by an automation that follows the log, and made
-- again if its form changes: everything here can be deleted.

create table ledger.audit_entry (
    position      bigint primary key,
    project       text,
    environment   text,
    recorded_at   timestamptz not null,
    occurred_from timestamptz not null,
    occurred_to   timestamptz not null,
    tokens        text[] not null,
    words         text not null,
    -- JSON of an AuditEntry. Absent: the event was changed, and the entry is made again at once.
    facts         text
);

comment on table ledger.audit_entry is 'One entry for each recorded event, by its position';
comment on column ledger.audit_entry.tokens is 'key=value in lower case, each exactly as a query may ask for it';
comment on column ledger.audit_entry.words is 'words of its texts in lower case, each after a blank';

-- Entries of 1,024 positions are a block. A search finds the blocks that may have what it looks for, the newest first, and reads their entries:
-- however common or rare a value is, its list of blocks is short. An index of each column would be quick for some queries and read everything for others.
create table ledger.audit_block (
    block         bigint primary key,
    occurred_from timestamptz not null,
    occurred_to   timestamptz not null,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null
);

-- In the order of bytes, because searches ask for beginnings.
create table ledger.audit_block_token (
    token text collate "C",
    block bigint,
    primary key (token, block)
);

comment on table ledger.audit_block_token is 'Which tokens and words (w=…) the entries of a block have';

-- How far it has come: one row.
create table ledger.audit_state (
    only_row boolean primary key default true check (only_row),
    form     integer not null,
    position bigint not null
);

-- What entries have from events before theirs: labels of environments, and claims of runs.
create table ledger.audit_environment (
    project     text not null,
    environment text not null,
    labels      text not null,
    labelled_by text,
    primary key (project, environment)
);

create table ledger.audit_run (
    project     text not null,
    environment text not null,
    run         uuid not null,
    user_name   text,
    host        text,
    ai          text,
    pipeline    text,
    primary key (project, environment, run)
);

-- Times in which agents could not see.
create table ledger.audit_gap (
    position    bigint primary key,
    project     text not null,
    environment text not null,
    agent       text not null,
    blind_from  timestamptz not null,
    blind_until timestamptz not null,
    reason      text not null
);

create index audit_gap_until on ledger.audit_gap (blind_until);

-- Entries that are to be made again.
create table ledger.audit_again (
    position bigint primary key
);

-- The content of an event may be withdrawn (ADR 18). No copy of it may stay in the audit.
create function ledger.audit_forget() returns trigger language plpgsql as $$
begin
    update ledger.audit_entry set facts = null, words = '' where position = new.global_index;
    insert into ledger.audit_again (position) values (new.global_index) on conflict do nothing;
    return null;
end
$$;

create trigger event_changed
    after update on ledger.event
    for each row execute function ledger.audit_forget();
