-- Agents are forgotten after a while and environments can be retired: what is kept is made anew from the events, when the ledger starts
-- and finds events without views.
delete from ledger.environment_view;
delete from ledger.environment_scripts;
delete from ledger.environment_witness;
alter table ledger.environment_view
    add column retired boolean not null generated always as (line -> 'summary' -> 'retired' is not null) stored;

comment on column ledger.environment_view.retired is 'whether somebody said that it is not used any more: lists and rules pass over it';
