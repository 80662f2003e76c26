package dev.migrationledger.contracts.scripts;

import org.jspecify.annotations.Nullable;

/**
 * Where something is wrong.
 *
 * @param file as events name it, or a folder
 * @param line from 1; absent: somewhere in the file
 */
public record Place(String file, @Nullable Integer line) {

    public Place(String file) {
        this(file, null);
    }

    /**
     * A place in a file.
     *
     * @param line from 1; 0: not known
     */
    public static Place of(String file, int line) {
        return new Place(file, line > 0 ? line : null);
    }
}
