package dev.migrationledger.ledger.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.core.policy.AcceptedFinding;
import dev.migrationledger.core.policy.Policy;
import dev.migrationledger.ledger.policy.file.PolicyFile;
import dev.migrationledger.ledger.policy.file.PolicyFile.Reading;
import java.util.List;

/** What each project demands of a deploy now. */
public final class ProjectPolicies {

    /** A text is read again when more than so many others were asked for since. */
    private static final int REMEMBERED = 1_000;

    private final PolicyView view;
    private final Cache<String, Policy> read = Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run)
            .build();

    ProjectPolicies(PolicyView view) {
        this.view = view;
    }

    /**
     * What counts.
     *
     * @param version 0 where only the defaults do
     * @param baseline what the project accepts for a while
     */
    public record Current(int version, Policy policy, List<AcceptedFinding> baseline) {
        public Current {
            baseline = List.copyOf(baseline);
        }
    }

    public Current of(String project) {
        ProjectPolicy stored = view.of(project);
        String text = stored.text();
        return new Current(stored.version(), text == null ? Policy.DEFAULT : read.get(text, ProjectPolicies::read),
                List.of());
    }

    private static Policy read(String text) {
        Reading reading = PolicyFile.read(text);
        Policy policy = reading.policy();
        if (policy == null) {
            throw new IllegalStateException("a stored policy has mistakes: "
                    + reading.mistakes().getFirst().words());
        }
        return policy;
    }
}
