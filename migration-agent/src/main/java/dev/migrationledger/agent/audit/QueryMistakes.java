package dev.migrationledger.agent.audit;

import dev.migrationledger.contracts.audit.QueryRefusal;

/** The ledger cannot read the query. */
final class QueryMistakes extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient QueryRefusal refusal;

    QueryMistakes(QueryRefusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    QueryRefusal refusal() {
        return refusal;
    }
}
