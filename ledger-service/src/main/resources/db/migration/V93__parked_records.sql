-- Batches that came over Kafka and were refused, and those that wait behind them, in the order in which they came.
create table ledger.parked_record (
    id             bigint generated always as identity primary key,
    project        text        not null,
    environment    text        not null,
    agent          text        not null,
    epoch          text        not null,
    first_sequence bigint      not null,
    -- JSON, as it was signed.
    body           bytea       not null,
    key            text        not null,
    signature      text        not null,
    -- Of the refusal; absent: it waits behind one that was refused.
    code           text,
    detail         text,
    parked_at      timestamptz not null,
    unique (project, environment, agent, epoch, first_sequence)
);

-- Environments whose batches an administrator had refused for good: until then, none is parked again.
create table ledger.parked_refusal (
    project     text        not null,
    environment text        not null,
    until       timestamptz not null,
    primary key (project, environment)
);
