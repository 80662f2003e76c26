create table ledger.policy (
    project text not null primary key,
    facts json not null
);

comment on table ledger.policy is 'the policy of each project that has one';
