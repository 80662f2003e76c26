package dev.migrationledger.contracts.merge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a merge means for one environment.
 *
 * @param sides in the order of the content
 * @param steps revisions that the next upgrade to the head would run, in order; {@link #THE_MERGE} stands for one that is not written yet. Absent:
 *     it is not known what ran there
 */
public record MergeEnvironment(String environment, List<Side> sides, @Nullable List<String> steps) {

    public static final String THE_MERGE = "(merge)";

    public MergeEnvironment {
        sides = List.copyOf(sides);
        steps = steps == null ? null : List.copyOf(steps);
    }

    public record Side(String head, Progress progress) {}

    /** How much of a side an environment has. */
    public enum Progress {
        /** All of it ran, as far as is known. */
        APPLIED,
        /** All of it counts as applied, and some of it was only written into the version table. */
        STAMPED,
        /** Some of it counts as applied. */
        PARTLY,
        /** Nothing of it counts as applied. */
        PENDING,
        UNKNOWN
    }
}
