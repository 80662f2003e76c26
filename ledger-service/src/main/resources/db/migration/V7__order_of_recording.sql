-- Which agent's word about the version table counts is told by the order of recording, no longer by the agents' clocks: what is kept
-- is made anew from the events, when the ledger starts and finds events without views.
delete from ledger.environment_view;
delete from ledger.environment_scripts;
