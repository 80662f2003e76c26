create table ledger.deploy (
    project text not null,
    environment text not null,
    id uuid not null,
    decided_at timestamptz not null,
    facts json not null,
    primary key (project, environment, id)
);

create index deploy_by_time on ledger.deploy (project, environment, decided_at desc, id desc);

comment on table ledger.deploy is 'every deploy that was asked for, and what became of it';

create table ledger.gate_override (
    project text not null,
    environment text not null,
    id uuid not null,
    opened_at timestamptz not null,
    facts json not null,
    primary key (project, environment, id)
);

comment on table ledger.gate_override is 'every time that an approver let deploys run although reasons blocked them';

create table ledger.deploy_heartbeat (
    project text not null,
    environment text not null,
    deploy uuid not null,
    at timestamptz not null,
    primary key (project, environment)
);

comment on table ledger.deploy_heartbeat is 'when the run that holds up other deploys was heard last';
