package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.send.http.GateClient;
import dev.migrationledger.agent.send.http.GateClient.Response;
import dev.migrationledger.agent.watch.FirstObservation;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.gate.GateQuestion.Observed;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks a ledger whether what was just observed may be deployed. */
public final class DeployGate {

    private final GateClient ledger;
    private final Clock clock;

    public DeployGate(GateClient ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Asks.
     *
     * @param run that will deploy at once; absent: only an answer is asked for
     */
    public Response ask(FirstObservation first, @Nullable UUID run) throws InterruptedException {
        Fingerprint schema = first.schema();
        if (schema == null) {
            return new Response.Unreachable("The schema of the database could not be read. Ask again.");
        }
        UUID deploy = UUID.randomUUID();
        ObservedScripts scripts = new ObservedScripts(first.scripts().history().source(),
                first.scripts().published().form(), first.scripts().published().digest(),
                first.scripts().graph().heads());
        GateQuestion question = new GateQuestion(deploy, scripts, first.observation().table(), schema, first.at(),
                clock.instant(), run, null);
        Response response = ledger.ask(question);
        if (response instanceof Response.ObservationNeeded) {
            return ledger.ask(question.with(everything(first)));
        }
        return response;
    }

    private static List<Observed> everything(FirstObservation first) {
        return Stream.concat(first.facts().stream(), first.files().stream())
                .map(fact -> new Observed(fact.occurredAt(), fact.event()))
                .toList();
    }
}
