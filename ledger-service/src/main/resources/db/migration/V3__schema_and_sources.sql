-- Scripts are known by agent and source, no longer by agent alone: what is kept is made anew from the events, when the ledger
-- starts and finds events without views.
delete from ledger.environment_view;
delete from ledger.environment_scripts;
alter table ledger.environment_scripts rename column agent to source;
comment on column ledger.environment_scripts.source is 'agent and source, with / between them; no agent''s name has one';
comment on column ledger.environment_view.scripts is 'agent and source to digest of its scripts in environment_scripts';

-- What speaks for where a database really is: its live schema, as each agent told it last, and what the revisions do to a
-- schema, as each source of scripts has them. Kept beside the environment's view, because both are large and change seldom.

create table ledger.schema_view (
    project     text collate "C" not null,
    environment text collate "C" not null,
    facts       json not null,
    primary key (project, environment)
);

comment on column ledger.schema_view.facts is 'who told what and when, with the digests of its parts in schema_part';

-- Found by the digest of its content: agents that see the same schema share a row.
create table ledger.schema_part (
    project     text collate "C" not null,
    environment text collate "C" not null,
    digest      text not null,
    content     json not null,
    primary key (project, environment, digest)
);

-- Every revision file that any source of an environment ever had, for good: what was edited or deleted can still be told and
-- fetched back.
create table ledger.revision_seen (
    project     text collate "C" not null,
    environment text collate "C" not null,
    revision    text collate "C" not null,
    digest      text collate "C" not null,
    declared    json not null,
    first_seen  json not null,
    last_seen   json not null,
    primary key (project, revision, digest, environment)
);

create index on ledger.revision_seen (project, environment);

comment on column ledger.revision_seen.declared is 'the revision as it was scanned last with this digest';
comment on column ledger.revision_seen.first_seen is 'where and when: agent, source, moment';
comment on column ledger.revision_seen.last_seen is 'likewise; of what is gone, when it was missed';

-- The files themselves, by the SHA-256 of their bytes.
create table ledger.revision_file (
    project     text collate "C" not null,
    digest      text collate "C" not null,
    content     bytea not null,
    primary key (project, digest)
);
