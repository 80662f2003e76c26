package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.text.Redaction;
import java.util.List;
import java.util.stream.Stream;

/**
 * A problem in words.
 *
 * @param message what is wrong, in one sentence
 * @param details first what to do, then what follows from the problem
 */
record Explanation(String message, List<String> details) {

    Explanation {
        message = Redaction.of(message);
        details = details.stream().map(Redaction::of).toList();
    }

    static Explanation of(String message, String... details) {
        return new Explanation(message, List.of(details));
    }

    /** The details, below other exhibits. */
    List<Exhibit> below(Exhibit... others) {
        return Stream.of(Stream.of(others), details.stream().limit(1).map(Exhibit::advice),
                details.stream().skip(1).map(Exhibit::detail)).flatMap(all -> all).toList();
    }
}
