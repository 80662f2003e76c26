package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.compare.ComparisonText;
import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.mcp.tools.LedgerReader.Path;
import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.Comparison.SchemaForms;
import dev.migrationledger.contracts.environment.Comparison.Side;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.RevisionStatus.Kind;
import dev.migrationledger.contracts.environment.RevisionStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code compare}: which revisions one environment has and another lacks. */
final class CompareTool implements McpTool {

    private final LedgerReader ledger;
    private final ProjectChoice choice;

    CompareTool(LedgerReader ledger, ProjectChoice choice) {
        this.ledger = ledger;
        this.choice = choice;
    }

    /**
     * The answer.
     *
     * @param both how many revisions both have
     * @param onlyStampedSomewhere revisions of both that ran on one side and were only stamped on the other
     * @param mergeBase the last revisions that both have
     * @param schemaForms present: agents of different versions read the schemas, which are not comparable
     */
    record Answer(
            String summary, String project, Side left, Side right, Relation relation, List<BriefRevision> onlyLeft,
            List<BriefRevision> onlyRight, int both, List<String> onlyStampedSomewhere, List<String> mergeBase,
            @Nullable SchemaForms schemaForms, List<Line> divergences) {}

    record Line(String environment, BriefFinding finding) {}

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String title() {
        return "How do two environments differ?";
    }

    @Override
    public String description() {
        return "Compares the revisions of two environments of a project, now or at a moment in the past: equal, behind, forked or unknown, the revisions that only one side has, and open errors and warnings of both. It compares revisions, and no rows of tables.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return choice.required(ToolParameter.required("left", "Name of an environment, such as staging."),
                ToolParameter.required("right", "Name of another environment, such as production."),
                ProjectChoice.AT);
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        Comparison found = ledger.get(Path.of("projects", choice.of(arguments), "compare")
                .with("left", ProjectChoice.environment(arguments, "left"))
                .with("right", ProjectChoice.environment(arguments, "right"))
                .with("at", ProjectChoice.at(arguments)), Comparison.class);
        return new Answer(ComparisonText.verdict(found) + ".", found.project(), found.left(), found.right(),
                found.relation(), brief(found.onlyLeft()), brief(found.onlyRight()), found.both().size(),
                found.both().stream().filter(it -> Stream.of(it.left(), it.right())
                        .filter(side -> side.kind() == Kind.STAMPED).count() == 1)
                        .map(it -> it.left().revision()).toList(),
                found.mergeBase(), found.schemaForms(), found.divergences().stream()
                        .map(it -> new Line(it.environment(), BriefFinding.of(it))).toList());
    }

    private static List<BriefRevision> brief(List<RevisionStatus> statuses) {
        return statuses.reversed().stream().map(it -> BriefRevision.of(it, List.of())).toList();
    }
}
