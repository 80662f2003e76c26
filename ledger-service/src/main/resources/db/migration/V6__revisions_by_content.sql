-- What a revision's file declares is kept once for a project, and beside it, in few bytes, where it was seen: a thousand databases
-- have the same files. Kept anew from the events, when the ledger starts and finds events without views.
delete from ledger.environment_view;
delete from ledger.environment_scripts;
drop table ledger.revision_seen;

create table ledger.revision_content (
    id          bigint generated always as identity primary key,
    project     text collate "C" not null,
    revision    text collate "C" not null,
    digest      text collate "C" not null,
    mark        text not null,
    declared    json not null,
    unique (project, revision, digest, mark)
);

comment on column ledger.revision_content.mark is 'MD5 of declared: the same bytes may lie in another file elsewhere';

create table ledger.revision_source (
    id          int generated always as identity primary key,
    project     text collate "C" not null,
    agent       text collate "C" not null,
    source      text collate "C" not null
);

-- A path is longer than a key may be.
create unique index on ledger.revision_source (project, agent, md5(source));

create table ledger.revision_seen (
    content      bigint not null,
    first_seen   timestamptz not null,
    last_seen    timestamptz not null,
    first_source int not null,
    last_source  int not null,
    environment  text collate "C" not null,
    primary key (content, environment)
);

comment on column ledger.revision_seen.first_seen is 'by the agent''s clock';
comment on column ledger.revision_seen.last_seen is 'likewise; of what is gone, when it was missed';
