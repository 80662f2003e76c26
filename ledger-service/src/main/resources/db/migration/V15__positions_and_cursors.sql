-- global_index is the position by which the log is followed. Transactions may commit in another order than they drew positions; a reader waits
-- for those that drew an earlier one by their transaction ids, so each must have its id before it draws a position.
create function ledger.assign_transaction_id() returns trigger language plpgsql as $$
begin
    perform pg_current_xact_id();
    return null;
end
$$;

create trigger event_has_transaction_id
    before insert on ledger.event
    for each statement execute function ledger.assign_transaction_id();

comment on column ledger.event.global_index is 'position in the log; some numbers are missing';

-- How far each automation that follows the log has come.
create table ledger.automation_cursor (
    automation text primary key,
    position   bigint not null
);

comment on column ledger.automation_cursor.position is 'position of the last event that it has handled';
