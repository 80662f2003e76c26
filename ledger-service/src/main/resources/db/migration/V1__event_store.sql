-- Axon's event store. Names are given to Axon in AxonConfig; both must say the same.

-- One row is one recorded event, for good. payload is the JSON of a RecordedEvent, kept as the bytes that were written:
-- jsonb would refuse U+0000 and forget the order of fields. To read it: convert_from(payload, 'UTF8')::json.
create table ledger.event (
    global_index         bigint generated always as identity primary key,
    event_identifier     text   not null unique,
    stream               text   not null,
    sequence_number      bigint not null,
    stream_type          text,
    payload_type         text   not null,
    payload_revision     text,
    payload              bytea  not null,
    metadata             bytea,
    time_stamp           text   not null,
    -- The backstop: two ledgers that decide on one environment at once cannot both be right.
    unique (stream, sequence_number)
);

comment on table ledger.event is 'Every recorded event, in order. Never changed, never deleted.';
comment on column ledger.event.stream is 'project/environment';
comment on column ledger.event.payload_type is 'name of the event in the catalogue, such as agent.revision-applied.v1';

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'recorded events are never changed or deleted'
        using hint = 'Correct a wrong fact by recording another one.';
end
$$;

create trigger event_is_for_good
    before update or delete or truncate on ledger.event
    for each statement execute function ledger.refuse_change();

-- Shortcuts: an environment's state after so many events. Everything here can be deleted at any time.
create table ledger.snapshot (
    stream               text   not null,
    sequence_number      bigint not null,
    stream_type          text   not null,
    event_identifier     text   not null unique,
    payload_type         text   not null,
    payload_revision     text,
    payload              bytea  not null,
    metadata             bytea,
    time_stamp           text   not null,
    primary key (stream, sequence_number)
);
