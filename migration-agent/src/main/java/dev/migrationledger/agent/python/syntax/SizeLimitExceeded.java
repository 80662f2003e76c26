package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.TooLargeFrom;

/** Python could read this source; here it is too large to be read on. */
public final class SizeLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    SizeLimitExceeded(int line) {
        super(null, null, false, false);
        this.line = line;
    }

    public UnreadReason reason() {
        return new TooLargeFrom(line);
    }
}
