package dev.migrationledger.contracts.text;

/** The signs of pages and of the terminal. Each has one meaning everywhere, and a word stands beside it. */
public enum Glyph {
    FINE("✓", "as it should be: applied, allowed, at the head"),
    ATTENTION("!", "look at it: stamped without a run, a warning, an exception that a person made"),
    WRONG("✕", "wrong: an error, blocked, failed, or missing from the scripts"),
    TO_COME("○", "still to run"),
    ORDINARY("·", "nothing special: implied by a later revision, information, routine"),
    NOT_KNOWN("?", "not known"),
    EQUAL("=", "the same on both sides"),
    DIFFERENT("≠", "not the same on both sides"),
    MERGE("⋈", "a revision that merges branches"),
    HEAD("▲", "a revision that no other follows"),
    EDITED("✎", "a file that was changed after it was first published"),
    RE_PARENTED("↷", "a revision that got another parent"),
    ADDED("+", "a line that only the newer content has"),
    REMOVED("−", "a line that only the older content has"),
    FOLDED("⋯", "what is folded because nothing is special about it");

    private final String sign;
    private final String meaning;

    Glyph(String sign, String meaning) {
        this.sign = sign;
        this.meaning = meaning;
    }

    /** One character. */
    public String sign() {
        return sign;
    }

    /** For a legend. */
    public String meaning() {
        return meaning;
    }

    /** The sign in front of words. */
    public String with(String words) {
        return sign + " " + words;
    }
}
