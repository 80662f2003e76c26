-- In which form each view is stored. A ledger rebuilds views of another form at its start; a migration need not empty them any more.
create table ledger.view_form (
    view text primary key,
    form int not null
);
