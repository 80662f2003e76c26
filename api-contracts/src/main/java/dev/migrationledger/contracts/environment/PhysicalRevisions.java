package dev.migrationledger.contracts.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions the live schema of an environment matches, whatever its version table says.
 *
 * @param stamped rows of the version table; absent where it was not read
 * @param physical absent where no agent has reported the schema and the scripts, or they cannot be compared
 */
public record PhysicalRevisions(
        String project, String environment, @Nullable List<String> stamped, @Nullable Physical physical) {
    public PhysicalRevisions {
        stamped = stamped == null ? null : List.copyOf(stamped);
    }

    /** Longer lists are cut. */
    public static final int MOST = 20;

    /**
     * Sets of revisions, each as a version table would hold it; the empty one is the base.
     *
     * @param exact whether there is exactly one candidate
     * @param complete whether the candidates are all
     * @param candidates sets that the schema cannot be distinguished from; none: it matches no point in the history
     * @param nearest without candidates: the sets that it differs from least
     * @param doubts why more cannot be known, each a sentence
     */
    public record Physical(
            boolean exact, boolean complete, List<List<String>> candidates, List<List<String>> nearest,
            List<String> doubts) {
        public Physical {
            candidates = candidates.stream().map(List::copyOf).toList();
            nearest = nearest.stream().map(List::copyOf).toList();
            doubts = List.copyOf(doubts);
        }
    }
}
