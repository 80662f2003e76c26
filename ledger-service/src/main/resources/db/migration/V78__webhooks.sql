-- Addresses that messages are sent to. A view of the events of webhooks.
create table ledger.webhook (
    webhook uuid primary key,
    facts json not null
);

-- What no event, answer or line of the log has: the whole address, which may be a secret itself, and the key that signs.
create table ledger.webhook_secret (
    webhook uuid primary key,
    url text not null,
    secret text not null
);

comment on table ledger.webhook_secret is 'who reads here can send messages in the name of this ledger';

-- What each webhook reported last of each matter, and what it has still to report.
create table ledger.webhook_matter (
    webhook uuid not null,
    matter text collate "C" not null,
    project text collate "C" not null,
    scope text collate "C" not null,
    newest json not null,
    reported text[],
    reported_at timestamptz,
    changes int not null,
    due_at timestamptz,
    first_position bigint not null,
    updated_at timestamptz not null,
    primary key (webhook, matter)
);

create index webhook_matter_due on ledger.webhook_matter (webhook, due_at) where due_at is not null;

comment on column ledger.webhook_matter.scope is 'project and environment; messages about one of them keep their order';
comment on column ledger.webhook_matter.reported is 'what was reported of it as long as it is reported as open';
comment on column ledger.webhook_matter.due_at is 'when a message about it is made; null: there is nothing to report';

-- Messages, until they are accepted or given up, and for a while after that.
create table ledger.webhook_delivery (
    ordinal bigint generated always as identity primary key,
    webhook uuid not null,
    id text not null unique,
    project text collate "C",
    scopes text[] not null,
    notices int not null,
    first_position bigint not null,
    last_position bigint not null,
    body text not null,
    created_at timestamptz not null,
    state text not null check (state in ('waiting', 'accepted', 'given-up')),
    attempts int not null default 0,
    first_attempt_at timestamptz,
    next_attempt_at timestamptz,
    last_answer text,
    ended_at timestamptz
);

create index webhook_delivery_waiting on ledger.webhook_delivery (webhook, ordinal) where state = 'waiting';
create index webhook_delivery_newest on ledger.webhook_delivery (webhook, ordinal desc);

-- Webhooks report what is recorded after they were added: the events before this script are none of theirs.
insert into ledger.automation_cursor (automation, position)
select 'follow-for-webhooks', coalesce(max(global_index), 0) from ledger.event;
