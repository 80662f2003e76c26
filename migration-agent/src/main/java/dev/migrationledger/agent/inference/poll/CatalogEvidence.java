package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Clue;
import dev.migrationledger.contracts.event.Clue.Fact;
import dev.migrationledger.contracts.event.Clue.Known;
import dev.migrationledger.contracts.event.Clue.ManyObjects;
import dev.migrationledger.contracts.event.Clue.Untouched;
import dev.migrationledger.contracts.event.Clue.Wrote;
import dev.migrationledger.contracts.event.Clue.Wrote.By;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import java.util.ArrayList;
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
 * @param schemaChanged whether the schema's mark differs between the two polls
 * @param searched whether the catalogs could be searched for what transactions wrote
 * @param touched what of the schema differs between the two polls, as far as that is known
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
                .map(trace -> new Evidence(Method.XMIN, Certainty.PRESUMED,
                        List.of(wrote(trace), new Known(Fact.OTHER_WORK_LOOKS_THE_SAME))))
                .or(this::ofSchema);
    }

    /** Why a migration surely wrote a row. */
    static Evidence sure(Trace trace) {
        return new Evidence(Method.XMIN, Certainty.CERTAIN,
                List.of(wrote(trace), new Known(Fact.EXPECTED_CHANGES_MADE)));
    }

    private static Clue wrote(Trace trace) {
        return new Wrote(By.SAME_TRANSACTION, trace.transaction(), trace.rows());
    }

    /** Why revisions are not believed to have run although something else happened. */
    static Evidence contradicted(Collection<String> revisions) {
        return new Evidence(Method.SCHEMA_DIFFERENCE, Certainty.PRESUMED,
                List.of(new Untouched(revisions.stream().limit(5).toList(), revisions.size())));
    }

    private Optional<Evidence> ofSchema() {
        if (schemaChanged) {
            List<Clue> clues = new ArrayList<>(List.of(new Known(Fact.SCHEMA_CHANGED)));
            if (touched.size() > MOST) {
                clues.add(new ManyObjects(touched.size()));
            }
            return Optional.of(new Evidence(Method.SCHEMA_DIFFERENCE, Certainty.PRESUMED, clues, touched.isEmpty()
                    ? null
                    : new Attribution(null, null, touched.subList(0, Math.min(MOST, touched.size())))));
        }
        return searched
                ? Optional.empty()
                : Optional.of(new Evidence(Method.POLL, Certainty.PRESUMED, Fact.CATALOGS_NOT_SEARCHED));
    }

    static Evidence noTrace() {
        return new Evidence(Method.POLL, Certainty.PRESUMED, Fact.ONLY_VERSION_TABLE_CHANGED);
    }

    static Evidence emptyMerge() {
        return new Evidence(Method.POLL, Certainty.PRESUMED, Fact.MERGE_LEAVES_NO_TRACE);
    }
}
