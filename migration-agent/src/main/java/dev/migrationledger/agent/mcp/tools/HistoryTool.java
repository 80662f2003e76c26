package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.mcp.tools.LedgerReader.Path;
import dev.migrationledger.contracts.history.ProjectHistory;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.text.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code history}: the revisions of a project. */
final class HistoryTool implements McpTool {

    private static final int MOST = 50;

    private static final int PAGE = 500;

    /** A longer history is searched by a person. */
    private static final int MOST_PAGES = 20;

    private final LedgerReader ledger;
    private final ProjectChoice choice;

    HistoryTool(LedgerReader ledger, ProjectChoice choice) {
        this.ledger = ledger;
        this.choice = choice;
    }

    /**
     * The answer.
     *
     * @param revisions those that match, the newest first
     * @param matches how many match
     * @param searched of how many revisions
     * @param complete whether all revisions of the project were searched
     */
    record Answer(String summary, String project, List<Line> revisions, int matches, int searched, boolean complete) {}

    /**
     * One revision.
     *
     * @param contents how many contents its file had: more than 1 means that it was edited
     * @param environments in how many environments' scripts it was found
     */
    record Line(
            String revision, @Nullable String message, List<String> parents, String file, int contents,
            Instant firstSeen, int environments) {
        static Line of(RevisionHistory history) {
            RevisionVariant last = history.variants().getLast();
            return new Line(history.revision(), last.declared().message(), last.declared().parents(),
                    last.declared().file(), history.variants().size(), history.variants().getFirst().firstSeen().at(),
                    history.variants().stream().mapToInt(RevisionVariant::environments).max().orElse(0));
        }
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public String title() {
        return "Which revisions does a project have?";
    }

    @Override
    public String description() {
        return "Lists revisions (migrations) that any source of a project ever had, also edited and deleted ones: the newest 50, or those whose id, message or file contains a text. 'revision' has the rest of one.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return choice.required(ToolParameter.optional("text",
                "A part of an id, a message or a file name. Left out: all revisions."));
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        String project = choice.of(arguments);
        String text = arguments.optional("text").orElse("").toLowerCase(Locale.ROOT);
        List<Line> found = new ArrayList<>();
        int searched = 0;
        String after = null;
        for (int page = 0; page == 0 || (page < MOST_PAGES && after != null); page++) {
            ProjectHistory some = ledger.get(Path.of("projects", project, "history").with("after", after)
                    .with("limit", "" + PAGE), ProjectHistory.class);
            searched += some.revisions().size();
            some.revisions().stream().filter(it -> !it.variants().isEmpty()).map(Line::of)
                    .filter(it -> matches(it, text)).forEach(found::add);
            after = some.next();
        }
        List<Line> newest = found.stream().sorted(Comparator.comparing(Line::firstSeen).reversed()).limit(MOST)
                .toList();
        String summary = text.isEmpty()
                ? "%s has %s%s.".formatted(project, after == null ? "" : "more than ",
                        Count.of(searched, "revision"))
                : "%d of %s in %s contain the text.".formatted(found.size(),
                        Count.of(searched, "revision"), project);
        return new Answer(summary, project, newest, found.size(), searched, after == null);
    }

    private static boolean matches(Line line, String text) {
        String message = line.message();
        return (line.revision() + "\n" + line.file() + "\n" + (message == null ? "" : message))
                .toLowerCase(Locale.ROOT).contains(text);
    }
}
