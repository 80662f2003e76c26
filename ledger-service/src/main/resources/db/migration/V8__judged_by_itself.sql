-- What is found as it was found before is not decided on again. Emptied: everything is judged once more.
delete from ledger.judged;
alter table ledger.judged add column own text, add column told boolean not null;

comment on column ledger.judged.own is 'digest of what was found in the environment by itself';
comment on column ledger.judged.told is 'whether what was found across environments is recorded in these words';
