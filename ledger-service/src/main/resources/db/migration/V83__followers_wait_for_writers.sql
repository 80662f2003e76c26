-- Who follows the log waits for the transactions that hold a lock for writing to the table, and no longer for all with an earlier id.
drop trigger event_has_transaction_id on ledger.event;
drop function ledger.assign_transaction_id();
