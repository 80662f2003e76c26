alter table ledger.deploy_heartbeat drop constraint deploy_heartbeat_pkey;

alter table ledger.deploy_heartbeat add primary key (project, environment, deploy);

comment on table ledger.deploy_heartbeat is 'when the run of each deploy was heard last';
