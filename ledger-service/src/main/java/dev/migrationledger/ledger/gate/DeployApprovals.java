package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.ledger.gate.DeployCommand.Approve;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Approvals of deploys, for the API and for pages. Each method throws a {@link Refusal} that says why not. */
public final class DeployApprovals {

    private static final Logger log = LoggerFactory.getLogger(DeployApprovals.class);

    private final Recorder recorder;
    private final DeploysView deploys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    DeployApprovals(Recorder recorder, DeploysView deploys, Clock clock) {
        this.recorder = recorder;
        this.deploys = deploys;
        this.clock = clock;
    }

    /** A deploy that someone may approve. Records nothing. */
    public DeployRecord check(String project, String environment, UUID deploy, String by) {
        return decide(DeployDecisions.PREVIEW, project, environment, deploy, by, null);
    }

    /**
     * Approves it. Who approved it before has approved it.
     *
     * @param comment absent: none
     */
    public DeployRecord approve(
            String project, String environment, UUID deploy, String by, @Nullable String comment) {
        DeployRecord approved = decide(DeployDecisions.DECIDER, project, environment, deploy, by,
                RequestFields.optional("comment", comment, ActionComment.LONGEST));
        log.atInfo().addKeyValue("project", project).addKeyValue("environment", environment)
                .addKeyValue("deploy", deploy).addKeyValue("by", by).log("deploy approved");
        return approved;
    }

    private DeployRecord decide(
            Decider<DeployCommand, DeploysState, DeployResult> decider, String project, String environment, UUID deploy,
            String by, @Nullable String comment) {
        DeployResult result = recorder.decide(decider,
                new Approve(project, environment, clock.instant(), random.nextLong(), deploy, by, comment)).result();
        if (result instanceof DeployResult.Unknown) {
            throw Refusal
                    .notFound("Deploy %s is not one of the last 50 that were asked for in %s/%s. Ask the gate again."
                            .formatted(deploy, project, environment));
        }
        if (result instanceof DeployResult.OwnDeploy) {
            throw Refusal.conflict("own-deploy",
                    "'%s' asked for this deploy. Another approver has to approve it.".formatted(by));
        }
        return deploys.deploy(project, environment, deploy).orElseThrow();
    }
}
