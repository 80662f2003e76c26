package dev.migrationledger.contracts.unread;

import org.jspecify.annotations.Nullable;

/** Why a script, or a place in it, cannot be read. Names, paths and expressions in it are from the script; what looks like a secret is replaced. */
public sealed interface UnreadReason permits SyntaxError, ValueReason, SqlReason, OperationReason, FileReason {

    /** The reason behind this one; absent: there is none. */
    default @Nullable UnreadReason cause() {
        return null;
    }
}
