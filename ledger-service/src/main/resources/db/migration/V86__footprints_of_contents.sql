-- What each content of a revision's file does, also of contents that no source has any more. A view.
create table ledger.revision_footprint (
    project     text collate "C" not null,
    digest      text collate "C" not null,
    form        int not null,
    withheld    text,
    footprint   json not null,
    primary key (project, digest)
);

comment on column ledger.revision_footprint.form is 'of the footprint; the highest that an agent sent';
comment on column ledger.revision_footprint.withheld is 'why the agent left out the text of the file; null: it sent it';
