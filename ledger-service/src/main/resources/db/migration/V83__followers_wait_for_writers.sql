-- Who follows the log waits for the transactions that hold a lock for writing to the table, and no longer for all with an earlier id.
drop function ledger.assign_transaction_id() cascade;
