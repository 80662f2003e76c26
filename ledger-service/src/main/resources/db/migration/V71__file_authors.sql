create table ledger.file_authors (
    project text not null,
    digest text not null,
    facts json not null,
    primary key (project, digest)
);

comment on table ledger.file_authors is 'who wrote the files of revisions, as Git names them';

create table ledger.file_authors_mark (
    project text primary key,
    changes bigint not null
);

comment on table ledger.file_authors_mark is 'how often that changed; never goes back, so that who follows it misses nothing';
