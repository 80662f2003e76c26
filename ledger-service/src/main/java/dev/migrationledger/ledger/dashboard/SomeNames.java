package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.text.Redaction;
import java.util.List;

/**
 * The first names of a list, for a line of facts.
 *
 * @param more how many are left out
 */
public record SomeNames(List<String> shown, int more) {

    private static final int MOST = 10;

    public SomeNames {
        shown = List.copyOf(shown);
    }

    public static SomeNames of(List<String> all) {
        return new SomeNames(all.stream().limit(MOST).map(Redaction::of).toList(), Math.max(0, all.size() - MOST));
    }
}
