-- One row that health writes to: a full disk and a standby answer every question and take no event.
create table ledger.write_check (at timestamptz not null);
insert into ledger.write_check values (now());
