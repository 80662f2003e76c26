create table ledger.enrolment_code (
    code uuid primary key,
    facts json not null
);

comment on table ledger.enrolment_code is 'codes with which agents may enrol, by their digests';

create table ledger.agent_key (
    key text primary key,
    facts json not null
);

comment on table ledger.agent_key is 'public keys of agents';

create table ledger.batch_signature (
    id bigint generated always as identity primary key,
    key text not null,
    project text not null,
    environment text not null,
    agent text not null,
    epoch uuid not null,
    first_sequence bigint not null,
    last_sequence bigint not null,
    digest text not null,
    signature text not null,
    received_at timestamptz not null,
    unique (project, environment, agent, epoch, first_sequence, last_sequence, digest)
);

create index batch_signature_of_key on ledger.batch_signature (key, project, environment, agent, id);

comment on table ledger.batch_signature is 'proof of which key sent which events; written before the agent gets its receipt';
