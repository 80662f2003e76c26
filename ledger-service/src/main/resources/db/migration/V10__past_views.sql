-- An environment's view after every so many of its events, so that a question about the past reads few of them. Shortcuts: everything
-- here can be deleted at any time. A migration that changes what a view holds deletes it.
create table ledger.past_view (
    project       text collate "C" not null,
    environment   text collate "C" not null,
    events        bigint not null,
    occurred_from timestamptz not null,
    occurred_to   timestamptz not null,
    recorded_from timestamptz not null,
    facts         json not null,
    scripts       json not null,
    primary key (project, environment, events)
);

comment on column ledger.past_view.events is 'how many events the view comes from, from the first on';
comment on column ledger.past_view.occurred_from is 'the earliest moment at which one of the events since the row before happened';
comment on column ledger.past_view.occurred_to is 'the latest such moment';
comment on column ledger.past_view.recorded_from is 'the earliest moment at which one of them was recorded';
