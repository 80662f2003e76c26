package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.mcp.tools.LedgerReader.Path;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.text.Count;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code divergences}: what is wrong, since when, and how to repair it. */
final class DivergencesTool implements McpTool {

    private static final int MOST = 30;

    private final LedgerReader ledger;
    private final ProjectChoice choice;

    DivergencesTool(LedgerReader ledger, ProjectChoice choice) {
        this.ledger = ledger;
        this.choice = choice;
    }

    /**
     * The answer.
     *
     * @param divergences the newest first
     * @param more whether there are others, which a narrower question finds
     */
    record Answer(String summary, List<Line> divergences, boolean more) {}

    /** @param resolvedAt absent while it is open */
    record Line(
            String project, String environment, BriefFinding finding, Instant lastSeen,
            @Nullable Instant resolvedAt) {}

    @Override
    public String name() {
        return "divergences";
    }

    @Override
    public String title() {
        return "What is wrong, and how is it repaired?";
    }

    @Override
    public String description() {
        return "Lists divergences, such as multiple-heads or stamped-ahead-of-schema: what is wrong with which environment, since when, the evidence, and a repair plan. A person runs the commands of a plan; no tool here does.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return choice.optional(
                ToolParameter.optional("environment", "Name of an environment; needs a project. Left out: all."),
                ToolParameter.optional("code", "Only this code, such as multiple-heads."),
                ToolParameter.choice("severity", "Only this severity.", List.of("error", "warning", "info")),
                ToolParameter.choice("state", "Left out: open ones.", List.of("open", "resolved", "all")));
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        Optional<String> project = choice.ofAny(arguments);
        Optional<String> environment = arguments.optional("environment")
                .map(it -> TypedNames.check("environment", it));
        if (environment.isPresent() && project.isEmpty()) {
            throw CommandFailure.usage("'environment' needs 'project': environments of several projects share names.");
        }
        Path path = project.map(it -> Path.of("projects", it, "divergences")).orElseGet(() -> Path.of("divergences"));
        Divergence[] found = ledger.get(path.with("environment", environment)
                .with("code", arguments.optional("code")).with("severity", arguments.optional("severity"))
                .with("state", arguments.optional("state")).with("limit", "" + (MOST + 1)), Divergence[].class);
        List<Line> lines = List.of(found).stream().limit(MOST)
                .map(it -> new Line(it.project(), it.environment(), BriefFinding.of(it), it.lastSeen(),
                        it.resolvedAt()))
                .toList();
        boolean more = found.length > MOST;
        String state = arguments.optional("state").orElse("open");
        return new Answer("%s%s.".formatted(more ? "More than " : "",
                Count.of(lines.size(), state.equals("all") ? "divergence" : state + " divergence")), lines, more);
    }
}
