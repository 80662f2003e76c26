create table ledger.trusted_pipeline (
    pipeline uuid primary key,
    issuer text not null,
    facts json not null
);

create index trusted_pipeline_of_issuer on ledger.trusted_pipeline (issuer);

comment on table ledger.trusted_pipeline is 'pipelines that may act for environments';

create table ledger.used_id_token (
    digest text primary key,
    until timestamptz not null
);

create index used_id_token_until on ledger.used_id_token (until);

comment on table ledger.used_id_token is 'id tokens that began a session, while they could be shown again';

create table ledger.pipeline_session (
    session uuid primary key,
    digest text not null,
    run json not null,
    until timestamptz not null
);

create index pipeline_session_until on ledger.pipeline_session (until);

comment on table ledger.pipeline_session is 'runs of pipelines that signed in, by the digests of their tokens';
