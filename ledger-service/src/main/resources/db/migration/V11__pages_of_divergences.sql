-- Pages of divergences begin with the newest: of all projects, and of one. Without them all that ever was is sorted for each page.
create index divergence_view_page on ledger.divergence_view (first_seen desc, id desc);
create index divergence_view_page_of_project on ledger.divergence_view (project, first_seen desc, id desc);
