package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.Enumeration;
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
        return list(ids.stream().map(MessageValues::id).toList());
    }

    /** As many as a message names; its evidence has more. */
    static String few(Collection<String> ids) {
        return Enumeration.of(ids.stream().map(MessageValues::id).toList(), FEW);
    }

    static String id(String id) {
        return "'" + id + "'";
    }

    static String list(List<String> names) {
        return Enumeration.of(names, MOST);
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
