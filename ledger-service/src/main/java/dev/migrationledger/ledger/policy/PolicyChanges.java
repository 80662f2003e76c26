package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.ledger.policy.PolicyDecisions.Applied;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Applies policies, for the API and for pages. Each method throws a {@link Refusal} that says why not. */
public final class PolicyChanges {

    private static final Logger log = LoggerFactory.getLogger(PolicyChanges.class);

    private static final Decider<ApplyPolicy, ProjectState, Applied> APPLY = Decider.of(ProjectState.DEFINITION,
            PolicyDecisions::apply);

    private final Recorder recorder;
    private final PolicyView policies;
    private final EnvironmentViews environments;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PolicyChanges(Recorder recorder, PolicyView policies, EnvironmentViews environments, Clock clock) {
        this.recorder = recorder;
        this.policies = policies;
        this.environments = environments;
        this.clock = clock;
    }

    /** What counts in a project that exists. */
    public ProjectPolicy current(String project) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
        return policies.of(project);
    }

    /**
     * What counts, if it is still the version that someone saw.
     *
     * @param seen absent: none in particular
     */
    public ProjectPolicy check(String project, @Nullable Integer seen) {
        ProjectPolicy current = current(project);
        if (seen != null && seen != current.version()) {
            throw changed(current.version(), seen);
        }
        return current;
    }

    /**
     * Applies a file without mistakes, and says what counts now.
     *
     * @param replaces the version that it is to replace; absent: whichever counts
     */
    public ProjectPolicy apply(String project, String text, @Nullable Integer replaces, String by) {
        current(project);
        Instant now = clock.instant();
        Decision<Applied> decision = recorder.decide(APPLY,
                new ApplyPolicy(project, EventIds.next(now, random), now, by, text, replaces));
        if (!decision.result().applied()) {
            throw changed(decision.result().version(), replaces);
        }
        if (!decision.events().isEmpty()) {
            log.atInfo().addKeyValue("project", project).addKeyValue("version", decision.result().version())
                    .log("policy applied");
        }
        return policies.of(project);
    }

    private static Refusal changed(int current, @Nullable Integer seen) {
        return new Refusal(Refusal.problem(HttpStatus.PRECONDITION_FAILED, ProjectPolicy.CHANGED,
                "Version %d counts, not version %d; nothing was changed. Look at it and apply again.".formatted(
                        current, seen),
                HttpHeaders.IF_MATCH));
    }
}
