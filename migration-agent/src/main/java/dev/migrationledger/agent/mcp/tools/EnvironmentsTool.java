package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.mcp.tools.LedgerReader.Path;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.EnvironmentSummary;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code environments}: where each environment is, and what is wrong with it. */
final class EnvironmentsTool implements McpTool {

    private static final int MOST_PROJECTS = 50;

    /** So many environments are listed; a fleet has more, of which each can be asked about. */
    private static final int MOST = 100;

    /** So many findings are counted in a project. */
    private static final int MOST_FINDINGS = 500;

    private final LedgerReader ledger;
    private final ProjectChoice choice;

    EnvironmentsTool(LedgerReader ledger, ProjectChoice choice) {
        this.ledger = ledger;
        this.choice = choice;
    }

    /**
     * The answer.
     *
     * @param projects how many environments each has
     * @param environments those with the gravest findings first
     * @param left how many environments are not listed
     */
    record Answer(String summary, List<ProjectSummary> projects, List<Line> environments, int left) {}

    /**
     * One environment.
     *
     * @param stamped rows of the version table; absent: no agent could read it yet
     * @param heads of its scripts
     * @param atHead whether the rows are the heads
     * @param findings open errors and warnings by code; absent where they are too many to count here
     */
    record Line(
            String project, String environment, Map<String, String> labels, @Nullable List<String> stamped,
            List<String> heads, boolean atHead, @Nullable List<Found> findings, @Nullable Instant observedAt) {

        private int errors() {
            return findings == null
                    ? 0
                    : (int) findings.stream().filter(it -> it.severity() == Severity.ERROR).count();
        }

        private int gravity() {
            return findings == null ? 1 : errors() * 1000 + findings.size();
        }
    }

    /** An open finding; {@code divergences} has its evidence and its plan. */
    record Found(String code, Severity severity) {}

    @Override
    public String name() {
        return "environments";
    }

    @Override
    public String title() {
        return "Where is each environment?";
    }

    @Override
    public String description() {
        return "Lists projects and their environments (databases): the stamped revisions, the heads of the scripts, when an agent last observed the database, and the codes of open errors and warnings. Ask this first, to learn names. An old 'observedAt' means that the answer may be out of date.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return choice.optional();
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        Optional<String> one = choice.ofAny(arguments);
        List<ProjectSummary> projects = one.isPresent()
                ? List.of(ledger.get(Path.of("projects", one.get()), ProjectSummary.class))
                : List.of(ledger.get(Path.of("projects").with("limit", "" + MOST_PROJECTS), ProjectSummary[].class));
        List<Line> lines = new ArrayList<>();
        int all = 0;
        for (ProjectSummary project : projects) {
            all += project.environments();
            if (lines.size() < MOST) {
                lines.addAll(lines(project.project()));
            }
        }
        List<Line> sorted = lines.stream().sorted(Comparator.comparingInt(Line::gravity).reversed()).limit(MOST)
                .toList();
        return new Answer(summary(sorted, all, projects.size()), projects, sorted, Math.max(0, all - sorted.size()));
    }

    private List<Line> lines(String project) {
        EnvironmentSummary[] environments = ledger.get(
                Path.of("projects", project, "environments").with("limit", "1000"), EnvironmentSummary[].class);
        Divergence[] open = ledger.get(Path.of("projects", project, "divergences").with("severity", "error")
                .with("severity", "warning").with("limit", "" + MOST_FINDINGS), Divergence[].class);
        List<Line> lines = new ArrayList<>();
        for (EnvironmentSummary it : environments) {
            List<Found> found = open.length == MOST_FINDINGS ? null : found(open, it.environment());
            VersionTable table = it.versionTable();
            List<String> rows = table == null ? null : table.rows();
            lines.add(new Line(project, it.environment(), it.labels(), rows, it.heads(),
                    rows != null && rows.stream().sorted().toList().equals(it.heads().stream().sorted().toList()),
                    found, it.observedAt()));
        }
        return lines;
    }

    private static List<Found> found(Divergence[] open, String environment) {
        return List.of(open).stream().filter(it -> it.environment().equals(environment))
                .sorted(Comparator.comparing(Divergence::severity))
                .map(it -> new Found(it.code().code(), it.severity())).toList();
    }

    private static String summary(List<Line> lines, int all, int projects) {
        if (all == 0) {
            return "The ledger has no environments. Start an agent with 'migration-agent watch'.";
        }
        List<String> wrong = lines.stream().filter(it -> it.errors() > 0)
                .map(it -> it.project() + "/" + it.environment()).toList();
        String counted = "%s in %s".formatted(Count.of(all, "environment"), Count.of(projects, "project"));
        long unknown = lines.stream().filter(it -> it.findings() == null).count();
        String errors = wrong.isEmpty()
                ? "no open errors" + (lines.size() < all ? " in those that are listed" : "")
                : "errors in " + String.join(", ", wrong.subList(0, Math.min(5, wrong.size())))
                        + (wrong.size() > 5 ? " and %d more".formatted(wrong.size() - 5) : "");
        return unknown > 0
                ? "%s. Findings are too many to count here; ask 'divergences' for one environment.".formatted(counted)
                : "%s: %s.".formatted(counted, errors);
    }
}
