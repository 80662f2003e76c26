package dev.migrationledger.core.rules;

import dev.migrationledger.core.situation.Observations;
import java.util.EnumSet;
import java.util.Set;

/** A part of the observations that a rule may need. */
enum Input {
    SCRIPTS,
    VERSION_TABLE,
    SCHEMA,
    /** What agents saw happen. */
    WATCHING,
    /** Whether agents report as often as they should. */
    HEARTBEATS;

    /** Those that were given. */
    static Set<Input> of(Observations seen) {
        Set<Input> given = EnumSet.noneOf(Input.class);
        for (Input input : values()) {
            if (input.isIn(seen)) {
                given.add(input);
            }
        }
        return given;
    }

    private boolean isIn(Observations seen) {
        return switch (this) {
            case SCRIPTS -> seen.scripts() != null;
            case VERSION_TABLE -> seen.versionTable() != null;
            case SCHEMA -> seen.schema() != null;
            case WATCHING -> seen.watch() != null;
            case HEARTBEATS -> seen.watch() != null && seen.watch().heartbeats() != null;
        };
    }
}
