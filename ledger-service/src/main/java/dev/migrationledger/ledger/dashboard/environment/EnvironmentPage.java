package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.Retirement;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.query.Quoting;
import dev.migrationledger.ledger.dashboard.SomeNames;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageMoment;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the head of an environment's page says.
 *
 * @param labels such as {@code tier=prod}
 * @param since when the version table came to be as it is; absent: not observed
 * @param observed the last observation
 * @param heard the last heartbeat of an agent that watches; absent: none watches, or the page shows the past
 * @param watching how many agents watch; -1 on a page of the past
 * @param noRows what to say where the version table has no row
 * @param allRows how many rows the version table has
 * @param retired who retired it, when and why; empty: it is in use
 * @param heads of its scripts
 * @param sources where its scripts were read
 */
record EnvironmentPage(
        String project, String environment, StateSentence state, List<String> labels, @Nullable PageTime since,
        PageTime observed, @Nullable PageTime heard, int watching, String noRows, int allRows, String retired,
        SomeNames heads, SomeNames sources, Shown shown, Links links) {

    static final int MOST_ROWS = 20;

    EnvironmentPage {
        labels = List.copyOf(labels);
    }

    /**
     * The moment that the page shows.
     *
     * @param at absent: now
     * @param knownAt absent: as the ledger knows it now
     * @param atField for a field for date and time, in UTC; empty: now
     * @param knownAtField likewise
     * @param atText for the address of another page; absent: now
     * @param knownAtText likewise
     */
    record Shown(
            @Nullable PageTime at, @Nullable PageTime knownAt, String atField, String knownAtField,
            @Nullable String atText, @Nullable String knownAtText) {

        static Shown of(ChosenMoment moment, Instant now) {
            return new Shown(moment.at() == null ? null : PageTime.of(moment.at(), now),
                    moment.knownAt() == null ? null : PageTime.of(moment.knownAt(), now),
                    PageMoment.field(moment.at()), PageMoment.field(moment.knownAt()),
                    moment.at() == null ? null : moment.at().toString(),
                    moment.knownAt() == null ? null : moment.knownAt().toString());
        }

        public boolean isPast() {
            return at != null || knownAt != null;
        }
    }

    /**
     * Addresses of other pages.
     *
     * @param allRuns what the audit has of runs
     * @param allAnswers what the list of deploys has
     * @param allOverrides what the audit has of overrides
     * @param allAgents what the audit has of starts of agents
     * @param withNow compares the shown moment with now; absent: now is shown
     */
    record Links(
            String self, String project, String json, String audit, String allRuns, String allAnswers,
            String allOverrides, String allAgents, String compare, @Nullable String withNow) {

        static Links of(String project, String environment, ChosenMoment moment) {
            String json = "/api/v1" + PageAddress.environment(project, environment, moment.at(), moment.knownAt());
            String query = EnvironmentTimeline.query(project, environment, moment);
            Instant latest = moment.latest();
            return new Links(PageAddress.environment(project, environment), PageAddress.project(project), json,
                    PageAddress.audit(query), PageAddress.audit(query + " kind:run-started"),
                    PageAddress.of("/deploys", "q", "project:%s environment:%s%s".formatted(Quoting.value(project),
                            Quoting.value(environment), latest == null ? "" : " until:" + latest)),
                    PageAddress.audit(query + " kind:override"), PageAddress.audit(query + " kind:started"),
                    PageAddress.project(project) + "/compare",
                    moment.at() == null
                            ? null
                            : PageAddress.comparison(project, environment, moment.at(), environment, null, null));
        }
    }

    /**
     * The page of an environment.
     *
     * @param report as of that moment
     */
    static EnvironmentPage of(
            EnvironmentView view, EnvironmentReport report, StateSentence state, ChosenMoment moment, Instant now) {
        List<RevisionStatus> rows = view.rows().stream().distinct().map(view::status).toList();
        Instant heard = report.agents().stream().filter(WatchingAgent::watching).map(WatchingAgent::heardAt)
                .filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
        return new EnvironmentPage(view.project(), view.environment(), state,
                new TreeMap<>(view.labels()).entrySet().stream()
                        .map(it -> it.getKey() + "=" + Redaction.of(it.getKey(), it.getValue())).toList(),
                rows.stream().map(RevisionStatus::since).filter(Objects::nonNull).map(it -> it.at())
                        .max(Comparator.naturalOrder()).map(it -> PageTime.of(it, now)).orElse(null),
                PageTime.of(view.lastObservation(), now),
                heard == null || !moment.isNow() ? null : PageTime.of(heard, now),
                moment.isNow() ? (int) report.agents().stream().filter(WatchingAgent::watching).count() : -1,
                noRows(view.versionTable().orElse(null)),
                rows.size(), retired(report.retired()), SomeNames.of(report.heads()),
                SomeNames
                        .of(report.sources().stream().map(EnvironmentReport.ScriptsSource::source).distinct().toList()),
                Shown.of(moment, now), Links.of(view.project(), view.environment(), moment));
    }

    private static String noRows(@Nullable VersionTable table) {
        if (table == null) {
            return "No agent has read it yet.";
        }
        return switch (table.state()) {
            case MISSING -> Redaction.of(table.name()) + " does not exist.";
            case EMPTY -> Redaction.of(table.name()) + " is empty.";
            case PRESENT -> "";
        };
    }

    private static String retired(@Nullable Retirement retired) {
        return retired == null ? "" : Redaction.of("Retired by %s: %s".formatted(retired.by(), retired.reason()));
    }
}
