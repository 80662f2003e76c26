-- What the list of deploys is filtered by, so that it reads no JSON.
create function ledger.texts_of(list json) returns text[] immutable language sql as $$
    select coalesce(array_agg(one order by place), '{}') from json_array_elements_text(list) with ordinality as texts (one, place)
$$;

create function ledger.reasons_of(reasons json) returns text[] immutable language sql as $$
    select coalesce(array_agg(distinct code order by code), '{}') from json_array_elements(reasons) as one,
        unnest(array[one ->> 'because', one -> 'finding' ->> 'code']) as codes (code) where code is not null
$$;

alter table ledger.deploy
    add column asked_by text generated always as (facts -> 'asked' ->> 'by') stored,
    add column run text generated always as (facts -> 'asked' ->> 'run') stored,
    add column pending text[] not null generated always as (ledger.texts_of(facts -> 'asked' -> 'pending')) stored,
    add column reasons text[] not null generated always as (ledger.reasons_of(facts -> 'reasons')) stored,
    add column approvers text[] not null generated always as (ledger.texts_of(facts -> 'approvers')) stored,
    add column decision text generated always as (facts ->> 'decision') stored,
    add column overridden boolean not null generated always as ((facts ->> 'override') is not null) stored,
    add column decided_locally boolean not null generated always as ((facts ->> 'policyAt') is not null) stored,
    add column ended boolean not null generated always as ((facts ->> 'endedAt') is not null) stored,
    add column exit_code int generated always as ((facts ->> 'exitCode')::int) stored;

comment on column ledger.deploy.pending is 'revisions that it would run';
comment on column ledger.deploy.reasons is 'kinds of the reasons, and codes of the findings that they are about';

-- Names are compared without regard to case.
create index deploy_latest_of_project on ledger.deploy (lower(project), decided_at desc, id desc);
create index deploy_latest_of_environment on ledger.deploy (lower(environment), decided_at desc, id desc);

create index merge_latest on ledger.merge (proposed_at desc, merge desc);
