package dev.migrationledger.agent.python.syntax;

/** The source breaks Python's lexical rules, so nothing after the position can be relied on. */
class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    Malformed(int position, String message) {
        // Thrown for every broken file of a fuzzed folder: a stack trace would cost more than the reading.
        super(message, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
