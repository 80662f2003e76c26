package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.BrokenRule;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import dev.migrationledger.contracts.unread.SyntaxError;

/** The source breaks Python's lexical rules, so nothing after the position can be relied on. */
class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final transient SyntaxError error;

    Malformed(int position, Rule rule) {
        this(position, new BrokenRule(rule));
    }

    Malformed(int position, SyntaxError error) {
        // Thrown for every broken file of a fuzzed folder: a stack trace would cost more than the reading.
        super(null, null, false, false);
        this.position = position;
        this.error = error;
    }

    int position() {
        return position;
    }

    SyntaxError error() {
        return error;
    }
}
