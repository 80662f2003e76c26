package dev.migrationledger.ledger.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a run.
 *
 * @param user of the operating system, as the run claims
 * @param host where it ran, as the run claims
 * @param ai the AI agent that ran it, as the run claims
 * @param pipeline that an issuer proved
 */
record KnownRun(@Nullable String user, @Nullable String host, @Nullable String ai, @Nullable String pipeline) {

    static final KnownRun NOTHING = new KnownRun(null, null, null, null);

    /** {@code ada@laptop}; null where it claims neither. */
    @Nullable
    String claimed() {
        return user == null ? host : host == null ? user : user + "@" + host;
    }
}
