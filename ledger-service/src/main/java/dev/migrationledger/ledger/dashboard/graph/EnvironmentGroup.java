package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.ledger.view.EnvironmentListItem;
import java.util.List;

/**
 * Environments of a project that look the same: the same rows in the version table, known in the same way, the same heads, as many revisions pending, and
 * the same open findings. Where a project has few environments each is a group of its own.
 *
 * @param item of the first of them by name
 * @param count how many they are
 * @param names of the first ones
 * @param codes of open errors and warnings
 */
record EnvironmentGroup(
        EnvironmentListItem item, int count, List<String> names, int errors, int warnings, List<String> codes) {
    EnvironmentGroup {
        names = List.copyOf(names);
        codes = List.copyOf(codes);
    }

    /** Of the first. */
    String name() {
        return item.summary().environment();
    }

    List<String> rows() {
        return item.summary().versionTable() == null ? List.of() : item.summary().versionTable().rows();
    }

    /** Such as {@code production}, or {@code eu-1 and 311 others}. */
    String inWords() {
        return count == 1
                ? name()
                : "%s and %,d other%s".formatted(name(), count - 1, count == 2 ? "" : "s");
    }
}
