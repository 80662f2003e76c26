package dev.migrationledger.contracts.environment;

import dev.migrationledger.contracts.diagnosis.Divergence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two environments of a project side by side.
 *
 * @param onlyLeft revisions that count as applied on the left alone, parents before children
 * @param onlyRight likewise on the right
 * @param both revisions that count as applied on both sides, with how each side knows
 * @param mergeBase the last revisions that both have: where they parted
 * @param schemaForms present: agents of different versions read the live schemas in different forms, so equal revisions do not prove equal
 *     databases. Absent: both have one form, or one schema was not read
 * @param divergences errors and warnings of either database that were open at that moment: even where both have the same revisions, the
 *     databases are then not the same. What is wrong with scripts or with the observation is not among them
 */
public record Comparison(
        String project,
        Side left,
        Side right,
        Relation relation,
        List<RevisionStatus> onlyLeft,
        List<RevisionStatus> onlyRight,
        List<Shared> both,
        List<String> mergeBase,
        @Nullable SchemaForms schemaForms,
        List<Divergence> divergences) {

    /**
     * Two forms of live schemas.
     *
     * @param left as in {@link dev.migrationledger.contracts.schema.SchemaSnapshot}
     */
    public record SchemaForms(int left, int right) {}

    public Comparison {
        onlyLeft = List.copyOf(onlyLeft);
        onlyRight = List.copyOf(onlyRight);
        both = List.copyOf(both);
        mergeBase = List.copyOf(mergeBase);
        divergences = List.copyOf(divergences);
    }

    /**
     * One of the two environments.
     *
     * @param rows of the version table: the stamped revisions; empty where it is missing or empty
     * @param heads of the scripts
     * @param unknownRows rows that name no revision of the scripts
     */
    public record Side(
            String environment,
            List<String> rows,
            List<String> heads,
            List<String> unknownRows,
            @Nullable Instant observedAt) {
        public Side {
            rows = List.copyOf(rows);
            heads = List.copyOf(heads);
            unknownRows = List.copyOf(unknownRows);
        }
    }

    /** A revision that both sides have. */
    public record Shared(RevisionStatus left, RevisionStatus right) {}

    public enum Relation {
        /** Both have the same revisions. */
        EQUAL,
        /** The right side has all that the left has, and more. */
        LEFT_BEHIND,
        /** The left side has all that the right has, and more. */
        RIGHT_BEHIND,
        /** Each has something that the other lacks. */
        FORKED,
        /** A side's version table was never read, or holds a row that no known script explains. */
        UNKNOWN
    }
}
