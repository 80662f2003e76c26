package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.List;

/** What a check found. */
sealed interface CheckCommand extends Command {

    Instant now();

    /** For the ids of events. */
    long random();

    @Override
    default StreamId stream() {
        return new StreamId.Evidence();
    }

    /** A piece of a round does not match in these places. */
    record ReportTamperings(Instant now, long random, List<Tampering> found) implements CheckCommand {
        public ReportTamperings {
            found = List.copyOf(found);
        }
    }

    /** A round is complete, and found no other places than these. */
    record EndRound(Instant now, long random, List<Tampering> found) implements CheckCommand {
        public EndRound {
            found = List.copyOf(found);
        }
    }
}
