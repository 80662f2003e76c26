package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.time.Instant;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** Deploys that a pipeline asks for, for tests of other packages. */
public final class TestDeploys {

    private TestDeploys() {}

    /** Asks for one about what the ledger knows of an environment, and says which. */
    public static UUID asked(ApplicationContext ledger, String project, String environment) {
        EnvironmentView view = ledger.getBean(EnvironmentViews.class).find(project, environment).orElseThrow();
        ScriptsOfSource scripts = view.sources().getFirst();
        Instant now = Instant.now();
        UUID deploy = UUID.randomUUID();
        ledger.getBean(Gate.class).answer(project, environment, new GateQuestion(deploy,
                new ObservedScripts(scripts.source(), scripts.form(), scripts.digest(), scripts.heads()),
                view.versionTable().orElseThrow(), ledger.getBean(SchemaViews.class).find(project, environment)
                        .orElseThrow().fingerprint().orElseThrow(),
                now, now, null, null),
                new Gate.Asking("ci", Asker.PIPELINE, new DeployRequest.Caller(null, true)));
        return deploy;
    }
}
