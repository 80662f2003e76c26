alter table ledger.policy add column pipelines json not null default '[]';

comment on column ledger.policy.pipelines is 'which environments expect that pipelines deploy, and since when';
