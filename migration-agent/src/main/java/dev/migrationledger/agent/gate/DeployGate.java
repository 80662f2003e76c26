package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.gate.LocalGate.Result.Decided;
import dev.migrationledger.agent.gate.LocalGate.Result.Undecided;
import dev.migrationledger.agent.send.http.GateClient;
import dev.migrationledger.agent.send.http.GateClient.Response;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.watch.FirstObservation;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.gate.GateQuestion.Observed;
import dev.migrationledger.contracts.policy.SignedPolicy;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a ledger whether what was just observed may be deployed. If it does not answer, the agent decides by itself, keeps the decision, and
 * reports it with a later question.
 */
public final class DeployGate {

    /** A ledger that is started again answers after a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final GateClient ledger;
    private final LocalGate local;
    private final GateFolder folder;
    private final Clock clock;
    private final Consumer<String> log;

    private DeployGate(
            String name, GateClient ledger, LocalGate local, GateFolder folder, Clock clock, Consumer<String> log) {
        this.name = name;
        this.ledger = ledger;
        this.local = local;
        this.folder = folder;
        this.clock = clock;
        this.log = log;
    }

    /**
     * The gate of one environment; the names are valid ones.
     *
     * @param variables of the process
     * @param log takes a sentence for people
     */
    public static DeployGate of(
            LedgerClient ledger, String project, String environment, MigrationTool tool, ScriptsLocation location,
            Map<String, String> variables, Clock clock, Consumer<String> log) {
        GateFolder folder = GateFolder.usual(ledger.host(), project, environment, variables);
        return new DeployGate(project + "/" + environment, new GateClient(ledger, project, environment),
                new LocalGate(folder, project, environment, tool, location,
                        variables.getOrDefault(LocalGate.PUBLIC_KEY, "").strip()),
                folder, clock, log);
    }

    /** Where the progress of a deploy is reported. */
    public GateClient ledger() {
        return ledger;
    }

    /**
     * Asks.
     *
     * @param database without its password
     * @param run that will deploy at once; absent: only an answer is asked for
     */
    public DeployReport ask(String database, FirstObservation first, @Nullable UUID run) throws InterruptedException {
        return DeployReport.of(name, database, first, answer(first, run));
    }

    private DeployAnswer answer(FirstObservation first, @Nullable UUID run) throws InterruptedException {
        Fingerprint schema = first.schema();
        if (schema == null) {
            return new DeployAnswer.None("The schema of the database could not be read. Ask again.");
        }
        UUID deploy = UUID.randomUUID();
        ObservedScripts scripts = new ObservedScripts(first.scripts().history().source(),
                first.scripts().published().form(), first.scripts().published().digest(),
                first.scripts().graph().heads());
        GateQuestion question = new GateQuestion(deploy, scripts, first.observation().table(), schema, first.at(),
                clock.instant(), run, null);
        return switch (patiently(question, first)) {
            case Response.Answered(GateAnswer answer) -> {
                keep(answer.policy());
                deliverDecisions();
                yield new DeployAnswer.OfLedger(answer);
            }
            case Response.ObservationNeeded _ -> new DeployAnswer.None(
                    "The ledger asks again for what it was sent. Check that it has the version of this agent.");
            case Response.Refused(String reason) -> new DeployAnswer.None(reason);
            case Response.Unreachable(String reason) ->
                switch (local.decide(deploy, scripts, schema, first, run, clock.instant())) {
                    case Undecided(String why) -> new DeployAnswer.None(reason + " " + why);
                    case Decided decided -> {
                        keep(decided);
                        yield new DeployAnswer.OfAgent(decided.decision(), decided.findings(), reason);
                    }
                };
        };
    }

    private Response patiently(GateQuestion question, FirstObservation first) throws InterruptedException {
        long since = System.nanoTime();
        while (true) {
            Response response = ledger.ask(question);
            if (response instanceof Response.ObservationNeeded) {
                response = ledger.ask(question.with(everything(first)));
            }
            if (!(response instanceof Response.Unreachable)
                    || Duration.ofNanos(System.nanoTime() - since).plus(PAUSE).compareTo(PATIENCE) > 0) {
                return response;
            }
            Thread.sleep(PAUSE);
        }
    }

    private static List<Observed> everything(FirstObservation first) {
        return Stream.concat(first.facts().stream(), first.files().stream())
                .map(fact -> new Observed(fact.occurredAt(), fact.event()))
                .toList();
    }

    /** For the next time that the ledger does not answer. */
    private void keep(@Nullable SignedPolicy policy) {
        if (policy == null) {
            return;
        }
        if (!local.isTrusted(policy)) {
            log.accept("the ledger's policy is not signed by the key of $%s and was not kept; check that variable."
                    .formatted(LocalGate.PUBLIC_KEY));
            return;
        }
        try {
            folder.keep(policy);
        } catch (IOException e) {
            log.accept("the policy could not be kept for a time without the ledger: %s.".formatted(e.getMessage()));
        }
    }

    private void keep(Decided decided) {
        try {
            folder.keep(decided.decision());
        } catch (IOException e) {
            log.accept("the ledger will not learn of this decision, because it could not be kept: %s."
                    .formatted(e.getMessage()));
        }
    }

    /** What was decided without the ledger. */
    public void deliverDecisions() throws InterruptedException {
        try {
            for (Path file : folder.undelivered()) {
                deliver(file);
            }
        } catch (IOException e) {
            log.accept("what was decided without the ledger is reported to it later: %s".formatted(e.getMessage()));
        }
    }

    private void deliver(Path file) throws IOException, InterruptedException {
        String refused;
        try {
            refused = ledger.deliver(GateFolder.decision(file).sent(clock.instant()));
        } catch (WireException e) {
            refused = String.valueOf(e.getMessage());
        }
        if (refused == null) {
            GateFolder.delivered(file);
            log.accept("reported deploy %s to the ledger, which was decided without it."
                    .formatted(file.getFileName().toString().split("\\.", 2)[0]));
        } else {
            log.accept("the ledger does not take the decision in %s: %s".formatted(GateFolder.setAside(file), refused));
        }
    }
}
