package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.ToolCalls;
import dev.migrationledger.core.situation.Observations.OtherScripts;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A project's scripts with what each does, read again when their files look different. */
final class ProjectScripts {

    private final MigrationTool tool;
    private final ScriptsLocation location;
    private @Nullable ScriptsSeen unused;
    private @Nullable Marked last;

    /** Scripts, and how their files looked before they were read. */
    private record Marked(String mark, ScriptsSeen scripts) {}

    ProjectScripts(MigrationTool tool, ScriptsLocation location) {
        this.tool = tool;
        this.location = location;
    }

    ToolCall call() {
        return ToolCalls.here(tool.invocation(location));
    }

    /** Reads them for the first examination, so that it is known at once if there are none; fails as {@link MigrationTool} says. */
    void readFirst() {
        unused = read();
    }

    /** The scripts as they are now; fails as {@link MigrationTool} says. */
    ScriptsSeen now() {
        ScriptsSeen first = unused;
        if (first != null) {
            // Most commands end after one examination: what their files look like is not asked.
            unused = null;
            return first;
        }
        String mark = tool.mark(location);
        Marked known = last;
        if (known == null || !known.mark().equals(mark)) {
            known = new Marked(mark, read());
            last = known;
        }
        return known.scripts();
    }

    private ScriptsSeen read() {
        History history = tool.read(location);
        return new ScriptsSeen(history.source(), history.graph(), ScriptFindings.of(history.problems()),
                footprints(history), rivals(history), others());
    }

    /** Scripts that cannot be read declare nothing. */
    private OtherScripts others() {
        Map<String, String> revisions = new HashMap<>();
        Set<ObjectName> objects = new HashSet<>();
        tool.others(location).forEach((name, other) -> {
            try {
                for (Revision revision : tool.read(other).revisions()) {
                    revisions.putIfAbsent(revision.revision(), name);
                    tool.footprint(other, revision).upgrade().effects().stream().filter(Create.class::isInstance)
                            .forEach(effect -> objects.add(((Create) effect).object()));
                }
            } catch (CommandFailure unreadable) {
                // Nothing of it is known.
            }
        });
        return new OtherScripts(revisions, objects);
    }

    /** Every revision may have left something, so each is asked; following what a script does takes longer than reading it. */
    private Map<String, Footprint> footprints(History history) {
        // Of two files with one id the last one holds, as in Alembic.
        Map<String, Revision> byId = history.revisions().stream()
                .collect(Collectors.toMap(Revision::revision, Function.identity(), (first, last) -> last));
        List<Revision> revisions = List.copyOf(byId.values());
        List<Footprint> footprints = tool.footprints(location, revisions);
        return IntStream.range(0, revisions.size()).boxed()
                .collect(Collectors.toMap(i -> revisions.get(i).revision(), footprints::get));
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
