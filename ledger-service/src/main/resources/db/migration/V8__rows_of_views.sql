-- What is found as it was found before is not decided on again. Emptied: everything is judged once more.
delete from ledger.judged;
alter table ledger.judged add column own text, add column told boolean not null;

comment on column ledger.judged.own is 'digest of what was found in the environment by itself';
comment on column ledger.judged.told is 'whether what was found across environments is recorded in these words';

-- What was witnessed of each revision, a row each: an event writes what it changes, not all that an environment ever saw. Made anew
-- from the events, when the ledger starts and finds events without views.
delete from ledger.environment_view;
delete from ledger.environment_scripts;

create table ledger.environment_witness (
    project     text collate "C" not null,
    environment text collate "C" not null,
    revision    text collate "C" not null,
    witness     json not null,
    primary key (project, environment, revision)
);

comment on column ledger.environment_view.digest is
    'SHA-256 over the environment''s name, facts and scripts: who has that content in memory need not read it';
comment on column ledger.environment_view.facts is 'what the events said, without scripts and witnesses';
