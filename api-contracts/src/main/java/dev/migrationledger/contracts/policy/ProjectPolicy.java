package dev.migrationledger.contracts.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a project.
 *
 * @param version how many policies were applied so far; 0: none, and the defaults count
 * @param appliedAt absent without a policy
 * @param by who applied it; absent without a policy
 * @param text the file as it was applied; absent without a policy
 */
public record ProjectPolicy(
        String project, int version, @Nullable Instant appliedAt, @Nullable String by, @Nullable String text) {

    /** The code of the problem that another version counts than the one that a change was to replace. */
    public static final String CHANGED = "policy-changed";

    /** Of a project without one. */
    public static ProjectPolicy none(String project) {
        return new ProjectPolicy(project, 0, null, null, null);
    }
}
