-- Names by which entries are found, so that a query with a slip of the fingers is not answered as if nothing had happened.
create table ledger.audit_name (
    token   text collate "C" not null,
    project text collate "C" not null,
    primary key (token, project)
);

comment on column ledger.audit_name.token is 'key=name in lower case, as entries have it';
comment on column ledger.audit_name.project is 'a project whose entries have it; empty: entries about all projects';

-- From when each environment is known, and from when an agent watched it all the time.
create table ledger.audit_watch (
    project      text not null,
    environment  text not null,
    first_at     timestamptz,
    watched_from timestamptz,
    retired_at   timestamptz,
    primary key (project, environment)
);

comment on column ledger.audit_watch.first_at is 'when its database was observed first; null: never';
comment on column ledger.audit_watch.watched_from is 'when an agent began to watch it; null: only single commands observed it';
comment on column ledger.audit_watch.retired_at is 'null: it is in use';

-- Which signature covers an event.
create index batch_signature_of_epoch on ledger.batch_signature (epoch, first_sequence);
