package dev.migrationledger.ledger.environment;

import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An environment is not used any more.
 *
 * @param by who says so
 * @param observedAt by the agents' clocks, when it was observed last; absent: never
 * @param now the ledger's clock
 * @param chance where new ids come from: the same command makes the same ids
 */
public record RetireEnvironment(
        String project, String environment, String by, String reason, @Nullable Instant observedAt, Instant now,
        long chance)
        implements
            Command {

    @Override
    public StreamId stream() {
        return new StreamId.Environment(project, environment);
    }
}
