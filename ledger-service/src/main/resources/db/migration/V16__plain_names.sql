alter table ledger.judged rename to evaluation_checkpoint;
alter table ledger.evaluation_checkpoint rename constraint judged_pkey to evaluation_checkpoint_pkey;
alter table ledger.evaluation_checkpoint rename column view to view_digest;
alter table ledger.evaluation_checkpoint rename column silence to silence_digest;
alter table ledger.evaluation_checkpoint rename column own to environment_digest;
alter table ledger.evaluation_checkpoint rename column across to project_digest;
alter table ledger.evaluation_checkpoint rename column told to project_recorded;

comment on column ledger.evaluation_checkpoint.view_digest is 'digest of the environment view that was evaluated';
comment on column ledger.evaluation_checkpoint.silence_digest is 'names the agents that were missing then; empty: none';
comment on column ledger.evaluation_checkpoint.environment_digest is 'digest of the findings of rules over this environment alone';
comment on column ledger.evaluation_checkpoint.project_digest is 'digest of the findings of rules over the project';
comment on column ledger.evaluation_checkpoint.project_recorded is 'whether the latest findings of rules over the project are recorded';
comment on column ledger.evaluation_checkpoint.observed_at is 'by the agents'' clocks, the observation that was evaluated';

alter table ledger.contact rename to heartbeat;
alter table ledger.heartbeat rename constraint contact_pkey to heartbeat_pkey;
alter table ledger.heartbeat rename column at to last_at;

alter table ledger.environment_witness rename to revision_observation;
alter table ledger.revision_observation rename constraint environment_witness_pkey to revision_observation_pkey;
alter table ledger.revision_observation rename column witness to observation;

alter table ledger.revision_seen rename to revision_sighting;
alter table ledger.revision_sighting rename constraint revision_seen_pkey to revision_sighting_pkey;
alter table ledger.revision_content rename column mark to declared_digest;
alter table ledger.environment_view rename column line to list_item;

comment on column ledger.revision_content.declared_digest is 'MD5 of declared: the same bytes may lie in another file elsewhere';
comment on column ledger.schema_view.facts is 'what agents reported and when, with the digests of its parts in schema_part';
