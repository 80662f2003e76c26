package dev.migrationledger.ledger.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.ledger.policy.baseline.BaselineView;
import dev.migrationledger.ledger.policy.baseline.BaselineView.Acceptance;
import dev.migrationledger.ledger.policy.file.PolicyFile;
import dev.migrationledger.ledger.policy.file.PolicyFile.Reading;
import java.util.List;
import java.util.Map;

/** What each project demands of a deploy now. */
public final class ProjectPolicies {

    /** A text is read again when more than so many others were asked for since. */
    private static final int REMEMBERED = 1_000;

    private final PolicyView view;
    private final BaselineView baselines;
    private final Cache<String, Policy> read = Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run)
            .build();

    ProjectPolicies(PolicyView view, BaselineView baselines) {
        this.view = view;
        this.baselines = baselines;
    }

    /**
     * What counts.
     *
     * @param version 0 where only the defaults do
     * @param baseline what is accepted of the environment
     */
    public record Current(int version, Policy policy, List<AcceptedFinding> baseline) {
        public Current {
            baseline = List.copyOf(baseline);
        }
    }

    /**
     * What a project demands, of all its environments together.
     *
     * @param version 0 where only the defaults count
     */
    public record Demands(int version, Policy policy) {}

    /** What a deploy of an environment has to meet. */
    public Current of(String project, String environment) {
        Demands demands = demands(project);
        return new Current(demands.version, demands.policy,
                baselines.of(project, environment).stream().map(Acceptance::finding).toList());
    }

    public Demands demands(String project) {
        ProjectPolicy stored = view.of(project);
        String text = stored.text();
        return new Demands(stored.version(), text == null ? Policy.DEFAULT : read.get(text, ProjectPolicies::read));
    }

    /** The file that counts, with who applied it; version 0 has no text. */
    public ProjectPolicy file(String project) {
        return view.of(project);
    }

    /** By project that has a policy, the version that counts. */
    public Map<String, Integer> versions() {
        return view.versions();
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
