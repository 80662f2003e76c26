-- Views no longer hold approved merges. Kept anew from the events, when the ledger starts and finds events without views.
delete from ledger.environment_view;
delete from ledger.environment_scripts;
delete from ledger.divergence_view where code = 'unapproved-merge';
