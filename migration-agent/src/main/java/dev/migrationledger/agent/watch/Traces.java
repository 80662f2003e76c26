package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.database.postgresql.VersionRow;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Witness;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What besides the version table changed.
 *
 * @param written by transaction: the catalog rows it wrote, in words
 * @param schemaChanged whether the schema's mark differs between the two looks
 * @param searched whether the catalogs could be searched for what transactions wrote
 * @param touched what of the schema differs between the two looks, as far as that is known
 */
record Traces(
        Map<String, String> written, boolean schemaChanged, boolean searched, List<TouchedObject> touched) {

    /** As many objects as an event names. */
    private static final int MOST = 200;

    Traces {
        written = Map.copyOf(written);
        touched = List.copyOf(touched);
    }

    Traces(Map<String, String> written, boolean schemaChanged, boolean searched) {
        this(written, schemaChanged, searched, List.of());
    }

    /** Why a migration is believed to have written this row; nothing: it was only written. */
    Optional<Evidence> thatRan(VersionRow row) {
        String trace = written.get(row.transaction());
        return trace == null
                ? ofSchema()
                : Optional.of(new Evidence(Witness.XMIN, Certainty.CERTAIN, trace));
    }

    /** Why a migration is believed to have taken rows away, having left these new ones. */
    Optional<Evidence> thatRan(List<VersionRow> newRows) {
        return newRows.stream()
                .map(row -> written.get(row.transaction()))
                .filter(Objects::nonNull)
                .findFirst()
                .map(trace -> new Evidence(Witness.XMIN, Certainty.CERTAIN, trace))
                .or(this::ofSchema);
    }

    private Optional<Evidence> ofSchema() {
        if (schemaChanged) {
            return Optional.of(new Evidence(
                    Witness.SCHEMA_DIFFERENCE,
                    Certainty.PRESUMED,
                    "the schema changed between the two looks; something else than a migration may have changed it"
                            + (touched.size() > MOST ? "; %d objects in all".formatted(touched.size()) : ""),
                    touched.isEmpty()
                            ? null
                            : new Attribution(null, null, touched.subList(0, Math.min(MOST, touched.size())))));
        }
        return searched
                ? Optional.empty()
                : Optional.of(new Evidence(
                        Witness.POLL,
                        Certainty.PRESUMED,
                        "the catalogs could not be searched in the time allowed, so it may have been stamped"));
    }

    static Evidence noTrace() {
        return new Evidence(
                Witness.POLL,
                Certainty.PRESUMED,
                "the version table changed and the schema did not; a revision that changes data only leaves no trace either");
    }

    static Evidence emptyMerge() {
        return new Evidence(
                Witness.POLL,
                Certainty.PRESUMED,
                "all its parents were there, and a merge revision seldom changes anything that leaves a trace; it may have been stamped");
    }
}
