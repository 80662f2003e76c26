package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which run accounts for a revision: the one that its database session names, or else one that ran at that time. */
final class RunTimes {

    /** The clocks of the machine that ran a command and of the one that observed the database may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    /** A run that never said how it ended was killed. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private RunTimes() {}

    /** Whether a run that an issuer proved accounts for a revision. */
    static boolean isProved(RevisionStatus status, Map<String, Run> runs) {
        Optional<String> named = EnvironmentView.run(status);
        return named.isPresent()
                ? Optional.ofNullable(runs.get(named.get())).filter(run -> run.provedBy() != null).isPresent()
                : runs.values().stream().anyMatch(run -> run.provedBy() != null && covers(run, status.since()));
    }

    /** Whether a run accounts for one of these revisions. */
    static boolean isNeeded(Run run, Collection<RevisionStatus> statuses) {
        return statuses.stream().anyMatch(status -> EnvironmentView.run(status)
                .map(run.run().toString()::equals)
                .orElseGet(() -> run.provedBy() != null && covers(run, status.since())));
    }

    private static boolean covers(Run run, @Nullable Occurrence when) {
        Instant earliest = when == null ? null : when.earliest();
        if (when == null || earliest == null) {
            return false;
        }
        Instant end = run.endedAt() == null ? run.startedAt().plus(LONGEST) : run.endedAt();
        return !when.at().isBefore(run.startedAt().minus(CLOCKS)) && !earliest.isAfter(end.plus(CLOCKS));
    }
}
