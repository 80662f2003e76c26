package dev.migrationledger.contracts.policy;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Another environment of a project, as a promotion has to know it.
 *
 * @param applied since when each revision has been applied, at the latest; without those that were only stamped or not seen to run
 * @param watchedAt when it was observed last, or an agent that watches it was heard last; absent: never
 */
public record OtherEnvironment(
        String name, Map<String, String> labels, Map<String, Instant> applied, @Nullable Instant watchedAt) {
    public OtherEnvironment {
        labels = Map.copyOf(labels);
        applied = Map.copyOf(applied);
    }
}
