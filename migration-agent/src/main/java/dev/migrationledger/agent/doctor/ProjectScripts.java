package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionGraph;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Observations.ToolCall;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A project's scripts with what each does, read again when their files look different. */
final class ProjectScripts {

    private final MigrationTool tool;
    private final ScriptsLocation location;
    private String mark = "";
    private @Nullable ScriptsSeen last;

    ProjectScripts(MigrationTool tool, ScriptsLocation location) {
        this.tool = tool;
        this.location = location;
    }

    ToolCall call() {
        return new ToolCall(tool.command(location));
    }

    /** The scripts as they are now; fails as {@link MigrationTool} says. */
    ScriptsSeen now() {
        String now = tool.mark(location);
        ScriptsSeen seen = last;
        if (seen == null || !now.equals(mark)) {
            History history = tool.read(location);
            seen = new ScriptsSeen(history.source(), history.graph(), history.problems(), footprints(history),
                    rivals(history), Map.of());
            last = seen;
            mark = now;
        }
        return seen;
    }

    /** Which of these ids, that no script has, other scripts of the same configuration declare: by id their name. */
    Map<String, String> elsewhere(Collection<String> ids) {
        Map<String, String> elsewhere = new HashMap<>();
        tool.others(location).forEach((name, other) -> {
            try {
                RevisionGraph graph = tool.read(other).graph();
                ids.stream().filter(id -> graph.contains(id)).forEach(id -> elsewhere.putIfAbsent(id, name));
            } catch (CommandFailure unreadable) {
                // Scripts that cannot be read declare nothing.
            }
        });
        return elsewhere;
    }

    /** Every revision may have left something, so each is asked; following what a script does takes longer than reading it. */
    private Map<String, Footprint> footprints(History history) {
        // Of two files with one id the last one holds, as in Alembic.
        Map<String, Revision> byId = history.revisions().stream()
                .collect(Collectors.toMap(Revision::revision, Function.identity(), (first, last) -> last));
        return byId.values().parallelStream()
                .collect(Collectors.toMap(Revision::revision, revision -> tool.footprint(location, revision)));
    }

    /** Which of two files with one id ran is for the schema to say. */
    private Map<String, Footprint> rivals(History history) {
        Map<String, List<Revision>> byId = history.revisions().stream()
                .collect(Collectors.groupingBy(Revision::revision));
        return byId.values().stream().filter(files -> files.size() > 1).flatMap(List::stream)
                .collect(Collectors.toMap(Revision::file, revision -> tool.footprint(location, revision),
                        (first, second) -> first));
    }
}
