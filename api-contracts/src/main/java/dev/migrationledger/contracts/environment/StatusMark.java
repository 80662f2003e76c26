package dev.migrationledger.contracts.environment;

import dev.migrationledger.contracts.text.Glyph;

/** How a revision counts in one environment: the sign and the word for it on every page and in the terminal. */
public enum StatusMark {
    /** It was seen to run. */
    APPLIED(Glyph.FINE, "applied", "It was observed to run."),
    /** It was only written into the version table. */
    STAMPED(Glyph.ATTENTION, "stamped", "It was only written into the version table; no run was observed."),
    /** It counts as applied because it is an ancestor of what is stamped. */
    IMPLIED(Glyph.ORDINARY, "implied", "It counts as applied because a later revision is in the version table."),
    /** The next upgrade runs it. */
    PENDING(Glyph.TO_COME, "pending", "It still has to run."),
    /** The scripts of the environment lack it. */
    UNREACHABLE(Glyph.WRONG, "unreachable", "The scripts of the environment lack it, so no upgrade runs it.");

    private final Glyph glyph;
    private final String word;
    private final String meaning;

    StatusMark(Glyph glyph, String word, String meaning) {
        this.glyph = glyph;
        this.word = word;
        this.meaning = meaning;
    }

    /** One character. */
    public String sign() {
        return glyph.sign();
    }

    public String word() {
        return word;
    }

    /** A sentence for a legend. */
    public String meaning() {
        return meaning;
    }

    public static StatusMark of(RevisionStatus status) {
        return switch (status.kind()) {
            case APPLIED -> APPLIED;
            case STAMPED -> STAMPED;
            case IMPLIED -> IMPLIED;
        };
    }

    /** The word with what limits it, such as {@code applied (inferred)}. */
    public static String inWords(RevisionStatus status) {
        return switch (status.kind()) {
            case APPLIED -> status.inferred() ? "applied (inferred)" : "applied";
            // It may have run before another stamp took it away.
            case STAMPED -> "stamped (no run)";
            case IMPLIED -> "implied";
        };
    }
}
