package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.audit.ActionComment;
import java.util.List;

/**
 * What an action asks for.
 *
 * @param value what is in it first
 * @param hint below it; empty: none
 * @param longest how many characters it takes; 0: its kind says so
 * @param options to choose from; empty for other kinds
 * @param required whether it cannot be left empty
 */
record ActionField(
        String name, String label, Kind kind, String value, String hint, int longest, List<Option> options,
        boolean required) {

    ActionField {
        options = List.copyOf(options);
    }

    enum Kind {
        LINE,
        TEXT,
        /** A file in a language with columns. */
        CODE,
        /** Date and time in UTC. */
        MOMENT,
        NUMBER,
        CHOICE,
        /** What the person saw, to notice that it changed since. */
        HIDDEN
    }

    /** One of several to choose. */
    record Option(String value, String text) {}

    static ActionField line(String name, String label, String value, String hint, int longest) {
        return new ActionField(name, label, Kind.LINE, value, hint, longest, List.of(), true);
    }

    /** A line that may stay empty. */
    static ActionField optional(String name, String label, String hint, int longest) {
        return new ActionField(name, label, Kind.LINE, "", hint, longest, List.of(), false);
    }

    static ActionField text(String name, String label, String hint, int longest) {
        return new ActionField(name, label, Kind.TEXT, "", hint, longest, List.of(), true);
    }

    /** What a person may add. */
    static ActionField comment(String hint) {
        return new ActionField(ActionPages.COMMENT, "Comment (optional)", Kind.TEXT, "", hint, ActionComment.LONGEST,
                List.of(), false);
    }

    static ActionField moment(String name, String label, String value, String hint) {
        return new ActionField(name, label, Kind.MOMENT, value, hint, 0, List.of(), true);
    }

    static ActionField number(String name, String label, int value, String hint) {
        return new ActionField(name, label, Kind.NUMBER, Integer.toString(value), hint, 0, List.of(), true);
    }

    static ActionField choice(String name, String label, String value, List<Option> options) {
        return new ActionField(name, label, Kind.CHOICE, value, "", 0, options, true);
    }

    static ActionField code(String name, String label, String value) {
        return new ActionField(name, label, Kind.CODE, value, "", 0, List.of(), true);
    }

    static ActionField hidden(String name, String value) {
        return new ActionField(name, "", Kind.HIDDEN, value, "", 0, List.of(), true);
    }

    ActionField with(String typed) {
        return new ActionField(name, label, kind, typed, hint, longest, options, required);
    }

    public boolean isHidden() {
        return kind == Kind.HIDDEN;
    }
}
