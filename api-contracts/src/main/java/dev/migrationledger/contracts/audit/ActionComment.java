package dev.migrationledger.contracts.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a person adds to something that they do, where a reason is not asked for.
 *
 * @param comment absent: nothing
 */
public record ActionComment(@Nullable String comment) {

    /** In characters. */
    public static final int LONGEST = 1_000;
}
