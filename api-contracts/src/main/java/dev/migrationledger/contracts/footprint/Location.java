package dev.migrationledger.contracts.footprint;

import org.jspecify.annotations.Nullable;

/**
 * Where a revision does something.
 *
 * @param line in the revision's own file, from 1: of the call that leads there
 * @param file where it is done, if in another file; absent: in the revision's own
 * @param fileLine in that file, from 1
 */
public record Location(
        int line,
        @Nullable String file,
        @Nullable Integer fileLine) {

    public static Location line(int line) {
        return new Location(line, null, null);
    }
}
