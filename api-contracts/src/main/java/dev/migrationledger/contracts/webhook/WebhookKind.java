package dev.migrationledger.contracts.webhook;

/** What a webhook can be about. */
public enum WebhookKind {
    /** A divergence appears, gets worse or ends. */
    DIVERGENCE,
    /** The gate blocks a deploy; it ends when the next one is allowed. */
    DEPLOY_BLOCKED,
    /** An approver lets deploys run although reasons block them, until that ends. */
    OVERRIDE,
    /** A merge of heads waits for approval. */
    MERGE_WAITING,
    /** No agent of an environment was heard in time. */
    AGENT_SILENT,
    /** The key of an agent seems to be copied. */
    AGENT_KEY,
    /** The ledger's database is not what was recorded. It is about no project. */
    TAMPERING_FOUND
}
