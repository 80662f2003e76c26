package dev.migrationledger.contracts.gate;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * May these scripts run on this database? Asked with what was just observed of both.
 *
 * @param deploy names the deploy; the same one for the same question asked again
 * @param scripts that are about to be deployed
 * @param schema of the database
 * @param observedAt when the database was observed, by the clock of who asks
 * @param sentAt when this was sent, by the same clock
 * @param run the run that will deploy at once, and needs that no other deploy does; absent: only an answer is asked for
 * @param observation everything that was observed, as a first observation reports it; absent: the ledger is asked whether it knows all of it
 */
public record GateQuestion(
        UUID deploy,
        ObservedScripts scripts,
        VersionTable versionTable,
        Fingerprint schema,
        Instant observedAt,
        Instant sentAt,
        @Nullable UUID run,
        @Nullable List<Observed> observation) {

    /** The code of the problem that a ledger answers with if it does not know all that was observed. */
    public static final String OBSERVATION_NEEDED = "observation-needed";

    public GateQuestion {
        observation = observation == null ? null : List.copyOf(observation);
    }

    /** Something that was observed. */
    public record Observed(Occurrence occurredAt, AgentEvent event) {}

    /** The same question with everything that was observed. */
    public GateQuestion with(List<Observed> everything) {
        return new GateQuestion(deploy, scripts, versionTable, schema, observedAt, sentAt, run, everything);
    }
}
