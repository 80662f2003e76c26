package dev.migrationledger.contracts.merge;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of running a merge in scratch databases, by the project's own migration tool. Schemas are compared, and rows are not.
 *
 * @param heads in the order in which they are merged, or follow each other
 * @param revisions of all sides, as the scripts had them
 * @param runs the ways that were tried; at least one
 * @param untried how many other orders of the sides there are
 * @param tool what ran them, with its version; absent: it does not say
 * @param server the database product, with its version
 */
public record MergeRehearsal(
        MergeWay way, List<String> heads, List<Revision> revisions, List<Run> runs, int untried, @Nullable String tool,
        String server) {

    /** Sizes of {@link Run#differences}, and of texts: a rehearsal is read by people. */
    public static final int MOST_DIFFERENCES = 50;

    public static final int LONGEST_TEXT = 500;

    public MergeRehearsal {
        heads = List.copyOf(heads);
        revisions = List.copyOf(revisions);
        runs = List.copyOf(runs);
    }

    /** Whether every way ends without an error, and with the same schema. */
    public boolean succeeded() {
        return !runs.isEmpty() && runs.stream().allMatch(Run::succeeded);
    }

    /**
     * One way to one head, in a database of its own. It begins where the sides part.
     *
     * @param stops what the tool was asked to upgrade to, one after the other; {@link MergeEnvironment#THE_MERGE} stands for a merge that is not
     *     written yet
     * @param environments that would go this way, as they were known
     * @param failure absent: there was none
     * @param fingerprint of the schema at the end; absent where it failed
     * @param differences of this schema from that of the first run that did not fail; at most {@link #MOST_DIFFERENCES}
     * @param moreDifferences how many there are beyond those
     */
    public record Run(
            List<String> stops, List<String> environments, @Nullable Failure failure,
            @Nullable Fingerprint fingerprint, List<Difference> differences, int moreDifferences) {
        public Run {
            stops = List.copyOf(stops);
            environments = List.copyOf(environments);
            differences = List.copyOf(differences);
        }

        /** Whether it ends without an error, with the schema of the first run that does. */
        public boolean succeeded() {
            return failure == null && differences.isEmpty();
        }
    }

    /**
     * The tool ended with an error.
     *
     * @param stop what it was asked to upgrade to
     * @param revision whose script failed; absent: it is not known
     * @param exitCode of the tool
     * @param error its first line, without secrets
     */
    public record Failure(String stop, @Nullable String revision, int exitCode, String error) {}

    /**
     * An object that is not the same after two runs.
     *
     * @param first its definition after the first run that did not fail; absent: it is not there
     * @param here its definition after this run; absent: it is not there
     */
    public record Difference(ObjectName object, @Nullable String first, @Nullable String here) {}
}
