-- Views no longer hold approved merges. The ledger rebuilds them from the events at its next start.
delete from ledger.environment_view;
delete from ledger.environment_scripts;
delete from ledger.divergence_view where code = 'unapproved-merge';
