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
