package dev.migrationledger.agent.rehearsal;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.ProposedFile.Computed;
import dev.migrationledger.agent.tool.ProposedFile.NotComputed;
import dev.migrationledger.agent.tool.ProposedFile;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import dev.migrationledger.core.merge.MergeOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The scripts as they are once the heads are one: as they lie, if something brings the heads together already; otherwise a copy of the working
 * folder with the files that {@code merge write} would write.
 *
 * @param location of the scripts that are run
 * @param end the revision that brings the heads together
 * @param written whether the project itself has it
 */
public record MergedScripts(ScriptsLocation location, RevisionGraph graph, String end, boolean written) {

    private static final int ID_BYTES = 6;

    /**
     * Makes them.
     *
     * @param folder an empty folder for the copy
     * @param there where the scripts are in a copy of the working folder
     */
    public static MergedScripts of(
            MigrationTool tool, ScriptsLocation location, History history, MergeContent content, Path folder,
            Function<Path, ScriptsLocation> there) {
        Optional<Joined> joined = MergeOutcome.joined(history.graph(), content.heads());
        if (joined.isPresent()) {
            return new MergedScripts(location, history.graph(), joined.get().revision(), true);
        }
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        NewMerge merge = new NewMerge(content.heads(), null, HexFormat.of().formatHex(random), null,
                ZonedDateTime.now(ZoneId.systemDefault()));
        Path working = location.workingDirectory().normalize();
        Map<Path, byte[]> changed = new TreeMap<>();
        for (ProposedFile file : files(tool, location, history, content, merge)) {
            switch (file) {
                case NotComputed(String reason) -> throw CommandFailure.unknown(
                        "%s Run '%s' yourself, and rehearse that.".formatted(reason,
                                tool.mergeCommand(location, merge)));
                case Computed computed -> {
                    Path path = tool.path(location, computed.file());
                    if (!path.startsWith(working)) {
                        throw notCopied(path);
                    }
                    changed.put(working.relativize(path), computed.bytes());
                }
            }
        }
        try {
            FolderOverlay.write(working, folder, changed);
        } catch (IOException e) {
            throw CommandFailure.unknown("The scripts cannot be copied to '%s': %s.".formatted(
                    Paint.plain(folder.toString()), e.getMessage()));
        }
        ScriptsLocation copy = there.apply(folder);
        RevisionGraph graph = tool.read(copy).graph();
        String end = content.way() == MergeWay.MERGE ? merge.revision() : content.heads().getLast();
        boolean merged = MergeOutcome.joined(graph, content.heads().subList(0, content.heads().size() - 1))
                .isPresent() && graph.heads().contains(end);
        if (!merged) {
            throw notCopied(tool.path(location, ""));
        }
        return new MergedScripts(copy, graph, end, content.way() == MergeWay.REPARENT);
    }

    private static List<ProposedFile> files(
            MigrationTool tool, ScriptsLocation location, History history, MergeContent content, NewMerge merge) {
        if (content.way() == MergeWay.MERGE) {
            return List.of(tool.merge(location, merge));
        }
        List<ProposedFile> files = new ArrayList<>();
        for (int i = 1; i < content.sides().size(); i++) {
            String parent = content.heads().get(i - 1);
            for (String root : content.sides().get(i).roots()) {
                files.add(tool.reparented(location, history.graph().find(root).orElseThrow(), List.of(parent)));
            }
        }
        return files;
    }

    private static CommandFailure notCopied(Path scripts) {
        return CommandFailure.usage(
                "The scripts in '%s' are not found through a copy of this folder. Run this in a folder above them, and name them by relative paths."
                        .formatted(Paint.plain(scripts.toString())));
    }

    /** A revision as people know it: what no project has yet is {@link MergeEnvironment#THE_MERGE}. */
    public String shown(String revision) {
        return !written && revision.equals(end) ? MergeEnvironment.THE_MERGE : revision;
    }
}
