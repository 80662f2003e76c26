package dev.migrationledger.agent.database;

/** A poll saw nothing. The message is a whole sentence for people, without a password. */
public final class ObservationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public ObservationException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public enum Kind {
        /** Nobody answers, or not now. */
        UNREACHABLE,
        /** Something holds a lock, or the server is too slow for a harmless poll: look again soon. */
        BUSY,
        /** The server does not let this user in. */
        REJECTED,
        /** The server has no such database. */
        NO_DATABASE,
        /** The role may not read what it has to. */
        FORBIDDEN,
        /** There is something of that name, and it is no version table. */
        NOT_A_VERSION_TABLE;

        /** Whether waiting alone can cure it; the others need a person. */
        public boolean passes() {
            return this == UNREACHABLE || this == BUSY;
        }
    }

    public Kind kind() {
        return kind;
    }
}
