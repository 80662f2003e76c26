package dev.migrationledger.agent.spool;

import dev.migrationledger.contracts.event.GapReason.SpoolNotWritten.Cause;
import org.jspecify.annotations.Nullable;

/** The spool cannot be written or read just now; nothing of what it holds has changed. The message is a whole sentence. */
public final class SpoolFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause reason;

    SpoolFailure(String message, Cause reason, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }
}
