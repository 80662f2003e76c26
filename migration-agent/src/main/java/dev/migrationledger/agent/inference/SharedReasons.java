package dev.migrationledger.agent.inference;

/** What both ways of concluding say in the same words: the details of evidence, in clauses. */
public final class SharedReasons {

    public static final String TABLE_DROPPED = "the version table was dropped";

    public static final String CONFLICTING_ROWS = "the migration tool leaves no two rows of which one contains the other";

    public static final String SAME_MEANING = "the rows changed, but not what they stand for";

    private static final String UNKNOWN_ROW = "a row is unknown to the scripts";

    private SharedReasons() {}

    /** Adds that a row hides a part of the way, and what may have happened instead. */
    public static String unknownRow(String detail, String instead) {
        return "%s; %s, so %s".formatted(detail, UNKNOWN_ROW, instead);
    }

    /** The same where nothing follows from it. */
    public static String unknownRow(String detail) {
        return detail + ", and " + UNKNOWN_ROW;
    }
}
