-- What the overview groups environments by, so that it reads no JSON. Each column is a part of list_item: equal texts are equal values.
create function ledger.kinds_of_rows(list_item json) returns text immutable language sql as $$
    select string_agg(trim('"' from (one -> 'kind')::text), ' ' order by place)
    from json_array_elements(list_item -> 'rows') with ordinality as rows (one, place)
$$;

alter table ledger.environment_view
    add column stamped text collate "C" generated always as ((list_item -> 'summary' -> 'versionTable' -> 'rows')::text) stored,
    add column kinds text collate "C" generated always as (ledger.kinds_of_rows(list_item)) stored,
    add column heads text collate "C" generated always as ((list_item -> 'summary' -> 'heads')::text) stored,
    add column position text collate "C" generated always as (list_item ->> 'position') stored,
    add column missing int generated always as ((list_item ->> 'missing')::int) stored,
    add column observed text generated always as (list_item -> 'summary' ->> 'observedAt') stored;

comment on column ledger.environment_view.stamped is 'the rows of the version table as a JSON array; null: no agent could read it';
comment on column ledger.environment_view.kinds is 'how each of these rows counts as applied, between blanks';
comment on column ledger.environment_view.heads is 'the heads of its scripts as a JSON array';
comment on column ledger.environment_view.position is 'where it is relative to its own scripts';
comment on column ledger.environment_view.missing is 'how many revisions of its scripts do not count as applied';
comment on column ledger.environment_view.observed is 'when its version table was observed last, by the agent''s clock';

create index divergence_view_findings on ledger.divergence_view (project, environment) include (code, severity, first_seen)
    where resolved_at is null;

create index deploy_latest on ledger.deploy (decided_at desc, id desc);
