-- Pages list the newest divergences first, of all projects or of one. Without an index each page sorts every divergence.
create index divergence_view_page on ledger.divergence_view (first_seen desc, id desc);
create index divergence_view_page_of_project on ledger.divergence_view (project, first_seen desc, id desc);
