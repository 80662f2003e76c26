package dev.migrationledger.agent.spool;

/** The spool cannot be written or read just now; nothing of what it holds has changed. The message is a whole sentence. */
public final class SpoolFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpoolFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
