-- An event's payload is the event alone, under its type and revision; everything else about it is its metadata. Events could be read by
-- type only if all of them were one.
alter table ledger.event disable trigger event_is_for_good;

update ledger.event set
    stream_type = 'stream',
    payload_type = regexp_replace(payload_type, '\.v[0-9]+$', ''),
    payload_revision = substring(payload_type from '\.v([0-9]+)$'),
    payload = convert_to((convert_from(payload, 'UTF8')::json -> 'event')::text, 'UTF8'),
    metadata = convert_to(json_strip_nulls(json_build_object(
        'eventId', convert_from(payload, 'UTF8')::json -> 'eventId',
        'project', convert_from(payload, 'UTF8')::json -> 'project',
        'environment', convert_from(payload, 'UTF8')::json -> 'environment',
        'origin', convert_from(payload, 'UTF8')::json -> 'origin',
        'occurredAt', convert_from(payload, 'UTF8')::json -> 'occurredAt',
        'recordedAt', convert_from(payload, 'UTF8')::json -> 'recordedAt'))::text, 'UTF8');

alter table ledger.event enable trigger event_is_for_good;

delete from ledger.snapshot;

comment on table ledger.event is 'Every recorded event, in order. Never changed, never deleted.';
comment on column ledger.event.stream is 'project/environment; project/ for a project as a whole; / for all of them';
comment on column ledger.event.payload_type is 'name of the event in the catalogue without its version, such as agent.revision-applied';
comment on column ledger.event.payload_revision is 'its version, such as 1';
comment on column ledger.event.payload is 'JSON of the event. To read it: convert_from(payload, ''UTF8'')::json';
comment on column ledger.event.metadata is 'JSON of when it happened, who saw it and in which sequence. Begins with the event''s id';
