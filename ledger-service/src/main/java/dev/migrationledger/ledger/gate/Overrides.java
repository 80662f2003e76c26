package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.ledger.gate.DeployCommand.CloseOverride;
import dev.migrationledger.ledger.gate.DeployCommand.OpenOverride;
import dev.migrationledger.ledger.gate.DeployCommand.ReviewOverride;
import dev.migrationledger.ledger.gate.DeployResult.*;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Overrides of the gate, for the API and for pages. Each method records something, or throws a {@link Refusal} that says why not. */
public final class Overrides {

    private static final Logger log = LoggerFactory.getLogger(Overrides.class);

    /** An emergency is over by then; what takes longer belongs into the policy or the baseline. */
    private static final Duration LONGEST = Duration.ofDays(7);

    public static final int LONGEST_TEXT = 1_000;

    private final Recorder recorder;
    private final DeploysView deploys;
    private final EnvironmentViews environments;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Overrides(Recorder recorder, DeploysView deploys, EnvironmentViews environments, Clock clock) {
        this.recorder = recorder;
        this.deploys = deploys;
        this.environments = environments;
        this.clock = clock;
    }

    /** The newest first. */
    List<GateOverride> of(String project, String environment) {
        existing(project, environment);
        return deploys.overrides(project, environment);
    }

    /** One that exists. */
    public GateOverride show(String project, String environment, UUID override) {
        existing(project, environment);
        return deploys.override(project, environment, override).orElseThrow(() -> Refusal.notFound(
                "%s/%s has no override %s.".formatted(project, environment, override)));
    }

    /** What would be opened: with the reason as it would be recorded, and an end that is allowed. */
    public GateOverride.Opening check(String project, String environment, GateOverride.Opening opening) {
        existing(project, environment);
        return checked(opening, clock.instant());
    }

    private static GateOverride.Opening checked(GateOverride.Opening opening, Instant now) {
        String reason = RequestFields.text("reason", opening.reason(), LONGEST_TEXT);
        if (!opening.until().isAfter(now)) {
            throw Refusal.invalid("until", "'%s' is over; write a time in the future, such as %s.".formatted(
                    opening.until(), now.plus(Duration.ofHours(1))));
        }
        if (opening.until().isAfter(now.plus(LONGEST))) {
            throw Refusal.invalid("until", "'%s' is more than 7 days ahead; write at most %s.".formatted(
                    opening.until(), now.plus(LONGEST)));
        }
        return new GateOverride.Opening(reason, opening.until());
    }

    /** Lets deploys run although reasons block them, until its end. */
    public GateOverride open(String project, String environment, GateOverride.Opening wanted, String by) {
        existing(project, environment);
        Instant now = clock.instant();
        GateOverride.Opening opening = checked(wanted, now);
        return switch (decide(new OpenOverride(project, environment, now, random.nextLong(), by, opening.reason(),
                opening.until()))) {
            case Opened opened -> {
                log.atWarn().addKeyValue("project", project).addKeyValue("environment", environment)
                        .addKeyValue("by", by).addKeyValue("until", opening.until())
                        .log("opened an override of the gate");
                yield found(project, environment, opened.override().override());
            }
            case OpenAlready it -> throw Refusal.conflict("open-already",
                    "%s opened an override until %s. Close it first.".formatted(it.by(), it.until()));
            case ReviewDue it -> throw Refusal.conflict("review-due",
                    "Deploys ran under the last override, which %s opened. Review them first.".formatted(it.by()));
            case Answered _,Done _,Unknown _,OwnDeploy _,StillOpen _ -> throw new IllegalStateException();
        };
    }

    /**
     * Before its end.
     *
     * @param comment absent: none
     */
    public GateOverride close(
            String project, String environment, UUID override, String by, @Nullable String comment) {
        existing(project, environment);
        known(project, environment, override, decide(new CloseOverride(project, environment, clock.instant(),
                random.nextLong(), override, by,
                RequestFields.optional("comment", comment, ActionComment.LONGEST))));
        return found(project, environment, override);
    }

    /** The remark as it would be recorded. */
    public static String remark(String text) {
        return RequestFields.text("remark", text, LONGEST_TEXT);
    }

    /** A person looked at what was deployed under it. */
    public GateOverride review(String project, String environment, UUID override, String remark, String by) {
        existing(project, environment);
        DeployResult result = decide(new ReviewOverride(project, environment, clock.instant(), random.nextLong(),
                override, by, remark(remark)));
        if (result instanceof StillOpen(Instant until)) {
            throw Refusal.conflict("still-open", "The override is open until %s. Close it first.".formatted(until));
        }
        known(project, environment, override, result);
        return found(project, environment, override);
    }

    private DeployResult decide(DeployCommand command) {
        return recorder.decide(DeployDecisions.DECIDER, command).result();
    }

    private void existing(String project, String environment) {
        if (!environments.environments(project).contains(environment)) {
            throw NotFound.environment(project, environment, environments);
        }
    }

    private void known(String project, String environment, UUID override, DeployResult result) {
        if (result instanceof Unknown) {
            throw Refusal.notFound(deploys.override(project, environment, override)
                    .map(_ -> "The override %s was reviewed, or is not the last one.".formatted(override))
                    .orElse("%s/%s has no override %s.".formatted(project, environment, override)));
        }
    }

    private GateOverride found(String project, String environment, UUID override) {
        return deploys.override(project, environment, override).orElseThrow();
    }
}
