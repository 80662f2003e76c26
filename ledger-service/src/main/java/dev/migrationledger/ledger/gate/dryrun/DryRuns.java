package dev.migrationledger.ledger.gate.dryrun;

import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.ledger.gate.DeploysView;
import dev.migrationledger.ledger.problem.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Says what deploys of the past would have got under a policy, for the API and for pages. Nothing is recorded. */
@Component
public final class DryRuns {

    public static final int USUAL_DAYS = 7;

    /** More are not judged at once: each is read whole. */
    private static final int MOST = 5_000;

    private final DeploysView deploys;
    private final Clock clock;

    DryRuns(DeploysView deploys, Clock clock) {
        this.deploys = deploys;
        this.clock = clock;
    }

    /** Deploys of so many days, each judged again as things were then. Of those that change, the newest are listed. */
    public PolicyDryRun of(String project, Policy policy, int days) {
        PolicyDryRun whole = whole(project, policy, days);
        return new PolicyDryRun(project, whole.from(), whole.deploys(), whole.same(), whole.blocked(), whole.allowed(),
                whole.changed().stream().limit(PolicyDryRun.MOST_LISTED).toList(),
                whole.unknown().stream().limit(PolicyDryRun.MOST_LISTED).toList());
    }

    /** Likewise, with every deploy that changes. */
    public PolicyDryRun whole(String project, Policy policy, int days) {
        Instant from = clock.instant().minus(Duration.ofDays(days));
        List<DeployRecord> found = deploys.deploys(project, from, MOST);
        return PolicyReplay.of(project, policy, found.size() < MOST ? from : found.getLast().decidedAt(), found,
                deploys.overrides(project));
    }

    /**
     * How many days a text names.
     *
     * @throws Refusal if it names none, or too many
     */
    public static int days(String text) {
        int days = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (days < 1 || days > PolicyDryRun.LONGEST_DAYS) {
            throw Refusal.invalid("days", "'%s' is not a number of days; write 1 to %d.".formatted(text,
                    PolicyDryRun.LONGEST_DAYS));
        }
        return days;
    }
}
