package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.environment.StatusMark;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.page.ActorText;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the version table.
 *
 * @param address of the revision's page
 * @param known how it is known that it counts as applied
 * @param since absent where that was not observed
 * @param who wrote it; empty where that is not known
 * @param evidence how that is known; empty likewise
 * @param statement as the server received it; empty where it was not seen
 * @param unknown whether no script has it
 */
record VersionRowLine(
        String revision, String address, String sign, String tone, String known, @Nullable When since, String who,
        String evidence, String statement, boolean unknown) {

    static List<VersionRowLine> of(EnvironmentView view, List<Run> runs, int most, Instant now) {
        Set<String> unknown = Set.copyOf(view.unknownRows());
        return view.rows().stream().distinct().limit(most)
                .map(row -> of(view, view.status(row), unknown.contains(row), runs, now)).toList();
    }

    private static VersionRowLine of(
            EnvironmentView view, RevisionStatus status, boolean unknown, List<Run> runs, Instant now) {
        StatusMark mark = StatusMark.of(status);
        Evidence evidence = status.evidence();
        Attribution attribution = evidence == null ? null : evidence.attribution();
        String statement = attribution == null ? null : attribution.statement();
        return new VersionRowLine(
                Redaction.of(status.revision()), PageAddress.revision(view.project(), status.revision()),
                mark.sign(), mark.word(),
                status.kind() == RevisionStatus.Kind.IMPLIED ? "origin not observed" : StatusMark.inWords(status),
                status.since() == null ? null : When.of(status.since(), now),
                Redaction.of(ActorText.of(status, runs)),
                evidence == null ? "" : evidence(evidence),
                statement == null ? "" : Redaction.of(statement),
                unknown);
    }

    /** Such as {@code trigger, certain}. */
    static String evidence(Evidence evidence) {
        return word(evidence.method()) + ", " + word(evidence.certainty());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
