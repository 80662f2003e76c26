package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.text.ListText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** How ids, names and times are said in a message: never more of them than anybody reads. */
final class MessageValues {

    private static final int MOST = 5;
    private static final int FEW = 3;

    private MessageValues() {}

    /** Such as {@code 'a', 'b' and 3 more}. */
    static String ids(Collection<String> ids) {
        return list(ListText.quoted(ids));
    }

    /** Of so many names, these are enough for {@link #ids(List, int)}. */
    static final int ENOUGH = MOST + 1;

    /**
     * The same for a list that may be cut.
     *
     * @param some the first of them, at least {@link #ENOUGH} if there are more
     * @param count of all
     */
    static String ids(List<String> some, int count) {
        return ListText.and(ListText.quoted(some), count, MOST);
    }

    /** As many as a message names; its evidence has more. */
    static String few(Collection<String> ids) {
        return ListText.and(ListText.quoted(ids), FEW);
    }

    static String id(String id) {
        return "'" + id + "'";
    }

    static String list(List<String> names) {
        return ListText.and(names, MOST);
    }

    /** Rows of a version table. */
    static String rows(List<String> rows) {
        return rows.isEmpty() ? "base" : few(rows);
    }

    /** Parents of a revision. */
    static String parents(List<String> parents) {
        return parents.isEmpty() ? "no parent" : few(parents);
    }

    /** To the second, in UTC. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
