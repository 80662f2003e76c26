package dev.migrationledger.contracts.physical;

import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.RevisionGraph;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a schema says for and against each revision of a history. Immutable. */
public final class SchemaEvidence {

    private SchemaEvidence() {}

    /**
     * Weighs a schema.
     *
     * @param footprints by revision; one that is missing here may have done anything
     * @param defaultSchema where an object is that a footprint names without a schema; absent: {@code public}
     */
    public static SchemaEvidence of(
            RevisionGraph graph, Map<String, Footprint> footprints, SchemaSnapshot schema,
            @Nullable String defaultSchema) {
        return new SchemaEvidence();
    }

    /** The sets of revisions that the schema matches. */
    public PhysicalState physical() {
        return new PhysicalState(List.of(), true, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * How the schema differs from what these rows of a version table and all they imply would leave; none if it cannot be told
     * from that. Rows that name no revision are passed over. By revision, parents first, then by object.
     */
    public List<Discrepancy> against(Collection<String> rows) {
        return List.of();
    }

    /** What speaks for each revision that left something, and against it, in this schema. */
    public Map<String, Traces> traces() {
        return Map.of();
    }

    /**
     * What a revision left in the schema.
     *
     * @param found how many of its effects are there as it left them, and are nobody else's
     * @param lacking how many are not
     */
    public record Traces(int found, int lacking) {

        public boolean isPartial() {
            return found > 0 && lacking > 0;
        }
    }
}
