-- What the recorded events add up to, environment by environment. Everything here can be made anew from ledger.event
-- (java -jar ledger-service.jar rebuild-views). It is written in the transaction that records the events, under the row's lock.
--
-- The columns are json and not jsonb: they keep the bytes that were written, so that a rebuilt row can be compared exactly.

create table ledger.environment_view (
    project     text collate "C" not null,
    environment text collate "C" not null,
    digest      text not null,
    facts       json not null,
    scripts     json not null,
    line        json not null,
    primary key (project, environment)
);

comment on column ledger.environment_view.digest is 'SHA-256 over facts and scripts: who has that content in memory need not read it';
comment on column ledger.environment_view.facts is 'what the events said, without the scripts';
comment on column ledger.environment_view.scripts is 'agent to digest of its scripts in environment_scripts';
comment on column ledger.environment_view.line is 'what lists show, so that they read nothing else';

-- Apart from the view, because a history may hold 10,000 revisions and changes seldom.
create table ledger.environment_scripts (
    project     text collate "C" not null,
    environment text collate "C" not null,
    agent       text collate "C" not null,
    digest      text not null,
    revisions   json not null,
    primary key (project, environment, agent)
);
