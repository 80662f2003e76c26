-- What the overview asks of 10,000 environments at once, so that it reads no JSON.
create function ledger.watchers_of(list_item json) returns text[] immutable language sql as $$
    select coalesce(array_agg(agent order by agent collate "C"), '{}') from json_object_keys(list_item -> 'watching') as agents (agent)
$$;

create function ledger.last_report_of(list_item json) returns text immutable language sql as $$
    select max(at collate "C") from json_each_text(list_item -> 'watching') as reports (agent, at)
$$;

alter table ledger.environment_view
    add column watchers text[] collate "C" not null generated always as (ledger.watchers_of(list_item)) stored,
    add column last_report text collate "C" generated always as (ledger.last_report_of(list_item)) stored,
    add column labels text collate "C" generated always as ((list_item -> 'summary' -> 'labels')::text) stored;

comment on column ledger.environment_view.watchers is 'agents that have not reported that they stopped';
comment on column ledger.environment_view.last_report is 'when one of them reported something last, by the ledger''s clock';
comment on column ledger.environment_view.labels is 'the labels of the environment as a JSON object';

-- The events about findings of one environment, without reading those between: a page of the past shows what was known then.
create index event_divergences on ledger.event (stream, sequence_number)
    where payload_type in ('ledger.divergence-detected', 'ledger.divergence-changed', 'ledger.divergence-resolved');

-- Where a view of the past is due, found without counting the events of every environment. The number is that of ViewSnapshots.
create index event_past_views on ledger.event (stream, sequence_number) where sequence_number % 5000 = 4999;
