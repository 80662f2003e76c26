-- What a ledger remembers of a project is all that was evaluated, unless another one was in between.
create table ledger.evaluating_ledger (
    project text primary key,
    ledger uuid not null
);

comment on table ledger.evaluating_ledger is 'The process that evaluated a project last';
