package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Record how the divergences of an environment differ from what was found in it now.
 *
 * @param findings everything that was found, of the codes that were evaluated
 * @param evaluated codes that could be evaluated: a divergence of another one is left as it is
 * @param elsewhere codes of which only another environment can have changed what is said: one that is open is left as it is, unless it is
 *     more or less severe. One change of an environment would otherwise be recorded in every other of its project
 * @param observedAt by the agents' clocks, the observation that was evaluated
 * @param observedBefore by the agents' clocks, the observation that was evaluated the time before; absent where there was none
 * @param now the ledger's clock
 * @param chance where new ids come from: the same command makes the same ids
 */
public record RecordDivergences(
        String project,
        String environment,
        List<Finding> findings,
        Set<DivergenceCode> evaluated,
        Set<DivergenceCode> elsewhere,
        Instant observedAt,
        @Nullable Instant observedBefore,
        Instant now,
        long chance)
        implements
            Command {

    public RecordDivergences {
        findings = List.copyOf(findings);
        evaluated = Set.copyOf(evaluated);
        elsewhere = Set.copyOf(elsewhere);
    }

    @Override
    public StreamId stream() {
        return new StreamId.Environment(project, environment);
    }
}
