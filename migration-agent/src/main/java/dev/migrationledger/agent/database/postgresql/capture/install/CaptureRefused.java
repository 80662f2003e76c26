package dev.migrationledger.agent.database.postgresql.capture.install;

/** Capture cannot be installed or removed as things are. The message is a whole sentence for people. */
public final class CaptureRefused extends Exception {
    private static final long serialVersionUID = 1L;

    CaptureRefused(String message) {
        super(message);
    }
}
