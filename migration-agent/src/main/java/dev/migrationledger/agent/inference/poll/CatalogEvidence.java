package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Witness;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What besides the version table changed.
 *
 * @param written by transaction: the catalog rows it wrote
 * @param schemaChanged whether the schema's mark differs between the two looks
 * @param searched whether the catalogs could be searched for what transactions wrote
 * @param touched what of the schema differs between the two looks, as far as that is known
 * @param difference the same as it is compared with scripts; absent: not known
 */
public record CatalogEvidence(
        Map<String, Trace> written, boolean schemaChanged, boolean searched, List<TouchedObject> touched,
        @Nullable ObjectChanges difference) {

    /** As many objects as an event names. */
    private static final int MOST = 200;

    public CatalogEvidence {
        written = Map.copyOf(written);
        touched = List.copyOf(touched);
    }

    CatalogEvidence(Map<String, Trace> written, boolean schemaChanged, boolean searched) {
        this(written, schemaChanged, searched, List.of(), null);
    }

    /** What the transaction that wrote a row wrote besides; absent: nothing, or it is not known. */
    @Nullable
    Trace of(VersionRow row) {
        return written.get(row.transaction());
    }

    /** Why a migration is believed to have written this row; nothing: it was only written. */
    Optional<Evidence> thatRan(VersionRow row) {
        return thatRan(List.of(row));
    }

    /** Why a migration is believed to have taken rows away, having left these new ones. */
    Optional<Evidence> thatRan(List<VersionRow> newRows) {
        return newRows.stream()
                .map(this::of)
                .filter(Objects::nonNull)
                .findFirst()
                .map(trace -> new Evidence(Witness.XMIN, Certainty.PRESUMED,
                        trace.words() + "; a downgrade to it, or work by hand, would look the same"))
                .or(this::ofSchema);
    }

    /** Why a migration surely wrote a row. */
    static Evidence sure(Trace trace) {
        return new Evidence(Witness.XMIN, Certainty.CERTAIN,
                trace.words() + "; what it makes came between the two looks, and this transaction made it");
    }

    /** Why revisions are not believed to have run although something else happened. */
    static Evidence contradicted(Collection<String> revisions) {
        return new Evidence(Witness.SCHEMA_DIFFERENCE, Certainty.PRESUMED,
                "nothing that %s surely makes or drops came or went between the two looks"
                        .formatted(String.join(", ", revisions.stream().limit(5).toList())
                                + (revisions.size() > 5 ? " and %d more".formatted(revisions.size() - 5) : "")));
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
