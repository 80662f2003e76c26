-- What the divergence events add up to, and what the judging of environments remembers.

-- Every divergence that was ever detected. A view: it is made anew from ledger.event by rebuild-views.
create table ledger.divergence_view (
    id          uuid primary key,
    project     text collate "C" not null,
    environment text collate "C" not null,
    code        text not null,
    severity    text not null,
    first_seen  timestamptz not null,
    resolved_at timestamptz,
    divergence  json not null
);

create index divergence_view_newest on ledger.divergence_view (project, environment, first_seen desc);
create index divergence_view_open on ledger.divergence_view (project, environment) where resolved_at is null;

comment on column ledger.divergence_view.divergence is
    'all of it, except that while it is open it was last seen when its environment was';

-- What was judged last. An environment is due when this is not what is known of it now: nothing has to be written when events
-- come in, nothing is lost when a ledger dies, and judging once too often changes nothing. Can be emptied at any time.
create table ledger.judged (
    project     text collate "C" not null,
    environment text collate "C" not null,
    view        text,
    silence     text,
    across      text,
    observed_at timestamptz,
    primary key (project, environment)
);

comment on column ledger.judged.view is 'digest of the environment view that was judged';
comment on column ledger.judged.silence is 'agents that were missed then';
comment on column ledger.judged.across is 'digest of what the rules across environments found';
comment on column ledger.judged.observed_at is 'by the agents'' clocks, the observation that was judged';

-- When an agent was heard last, also where it had nothing to tell. No event and no view: of a heartbeat only the last one counts.
create table ledger.contact (
    project     text collate "C" not null,
    environment text collate "C" not null,
    agent       text collate "C" not null,
    at          timestamptz not null,
    primary key (project, environment, agent)
);
