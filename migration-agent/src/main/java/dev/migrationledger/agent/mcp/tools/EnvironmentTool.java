package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.mcp.tools.LedgerReader.Path;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.PhysicalRevisions.Physical;
import dev.migrationledger.contracts.environment.PhysicalRevisions;
import dev.migrationledger.contracts.environment.Retirement;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code environment}: at which revision a database is, since when, and by whom. */
final class EnvironmentTool implements McpTool {

    private static final int MOST_RECENT = 20;

    private final LedgerReader ledger;
    private final ProjectChoice choice;

    EnvironmentTool(LedgerReader ledger, ProjectChoice choice) {
        this.ledger = ledger;
        this.choice = choice;
    }

    /**
     * The answer.
     *
     * @param at the moment that was asked for; absent: now
     * @param stamped each row of the version table, with how it came there
     * @param physical which revisions the live schema matches, whatever the version table says; absent for the past, and where that is not known
     * @param unknownRows rows that no script has
     * @param revisions how many count as applied
     * @param recent the last changes of revisions that were observed, the newest first
     * @param findings open now; absent for the past
     * @param observedAt by the agents' clocks; absent: never
     */
    record Answer(
            String summary, String project, String environment, @Nullable String at, Map<String, String> labels,
            @Nullable Table versionTable, List<BriefRevision> stamped, @Nullable Physical physical, List<String> heads,
            List<String> unknownRows, int revisions, List<BriefRevision> recent, @Nullable List<BriefFinding> findings,
            List<Agent> agents,
            @Nullable Instant observedAt, @Nullable Retirement retired) {}

    record Table(String name, VersionTable.State state) {}

    /** @param watching whether the ledger still gets heartbeats of it */
    record Agent(String agent, boolean watching, @Nullable Instant lastHeartbeat) {}

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public String title() {
        return "At which revision is an environment?";
    }

    @Override
    public String description() {
        return "Shows one environment: the revisions in its version table, whether each ran (applied) or was only written there (stamped), since when, who did it, with which statement, and how that is known. Also open findings with their repair plans, the last changes, and the agents that watch. With 'at', shows a moment in the past. 'physical' has the revisions that the live schema matches, which may be others than the stamped ones; without candidates it matches none. Where 'who' is absent, nothing captured it: the session is unknown.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return choice.required(ProjectChoice.ENVIRONMENT, ProjectChoice.AT);
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        String project = choice.of(arguments);
        String environment = ProjectChoice.environment(arguments, "environment");
        Optional<String> at = ProjectChoice.at(arguments);
        EnvironmentReport report = ledger.get(
                Path.of("projects", project, "environments", environment).with("at", at), EnvironmentReport.class);
        List<BriefFinding> findings = at.isPresent()
                ? null
                : List.of(ledger.get(Path.of("projects", project, "divergences").with("environment", environment)
                        .with("limit", "100"), Divergence[].class))
                        .stream().map(BriefFinding::of).sorted(Comparator.comparing(BriefFinding::severity)).toList();
        Physical physical = at.isPresent() ? null : physical(project, environment);
        VersionTable table = report.versionTable();
        List<String> rows = table == null ? List.of() : table.rows();
        List<BriefRevision> stamped = rows.stream().map(row -> brief(report, row)).flatMap(Optional::stream).toList();
        return new Answer(summary(report, stamped, rows, findings), project, environment, at.orElse(null),
                report.labels(), table == null ? null : new Table(table.name(), table.state()), stamped,
                physical, report.heads(), report.unknownRows(), report.revisions().size(), recent(report), findings,
                report.agents().stream().map(EnvironmentTool::agent).toList(), report.observedAt(),
                report.retired());
    }

    private @Nullable Physical physical(String project, String environment) {
        try {
            return ledger.get(Path.of("projects", project, "environments", environment, "physical"),
                    PhysicalRevisions.class).physical();
        } catch (CommandFailure e) {
            // A ledger that is older than this question has no answer.
            return null;
        }
    }

    private static Optional<BriefRevision> brief(EnvironmentReport report, String row) {
        return report.revisions().stream().filter(it -> it.revision().equals(row)).findFirst()
                .map(it -> BriefRevision.of(it, report.runs()));
    }

    private static List<BriefRevision> recent(EnvironmentReport report) {
        return report.revisions().stream().map(it -> BriefRevision.of(it, report.runs()))
                .filter(it -> it.since() != null)
                .sorted(Comparator.comparing(EnvironmentTool::since).reversed()).limit(MOST_RECENT).toList();
    }

    private static Instant since(BriefRevision revision) {
        return revision.since() == null ? Instant.MIN : revision.since().at();
    }

    private static Agent agent(WatchingAgent agent) {
        return new Agent(agent.agent(), agent.watching(), agent.heardAt());
    }

    private static String summary(
            EnvironmentReport report, List<BriefRevision> stamped, List<String> rows,
            @Nullable List<BriefFinding> findings) {
        VersionTable table = report.versionTable();
        String where = "%s/%s".formatted(report.project(), report.environment());
        String is = table == null
                ? "No agent has read the version table of %s.".formatted(where)
                : rows.isEmpty()
                        ? "%s has no revision: the version table is %s.".formatted(where,
                                table.state().name().toLowerCase(Locale.ROOT))
                        : "%s is at %s.".formatted(where,
                                ListText.and(rows.stream().map(row -> named(row, stamped)).toList()));
        if (findings == null) {
            return is;
        }
        long errors = findings.stream().filter(it -> it.severity() == Severity.ERROR).count();
        long warnings = findings.stream().filter(it -> it.severity() == Severity.WARNING).count();
        return errors + warnings == 0
                ? is + " No errors or warnings are open."
                : "%s Open: %s, %s.".formatted(is, Count.of(errors, "error"), Count.of(warnings, "warning"));
    }

    private static String named(String row, List<BriefRevision> stamped) {
        return stamped.stream().filter(it -> it.revision().equals(row)).findFirst()
                .map(it -> row + " (" + kind(it.status()) + ")")
                .orElse(row + " (no script has it)");
    }

    private static String kind(RevisionStatus.Kind kind) {
        return switch (kind) {
            case APPLIED -> "applied";
            case STAMPED -> "only stamped";
            case IMPLIED -> "not observed how";
        };
    }
}
