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
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import org.jspecify.annotations.Nullable;

/**
 * The scripts as they are once the heads are one: as they lie, if something brings the heads together already; otherwise a copy of the working
 * folder with the files that {@code merge write} would write.
 *
 * @param location of the scripts that are run
 * @param end the revision that brings the heads together
 * @param written whether the project itself has it
 * @param copy the folder in which the copy is; absent: there is none, and nothing is changed
 */
public record MergedScripts(ScriptsLocation location, RevisionGraph graph, String end, boolean written,
        @Nullable Path copy) {

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
        // A file of its own, so that each scratch database can stand in it.
        Map<Path, byte[]> settings = tool.withUrl(location, "");
        if (joined.isPresent() && settings.isEmpty()) {
            return new MergedScripts(location, history.graph(), joined.get().revision(), true, null);
        }
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        NewMerge merge = new NewMerge(content.heads(), null, HexFormat.of().formatHex(random), null,
                ZonedDateTime.now(ZoneId.systemDefault()));
        Map<Path, byte[]> changed = new TreeMap<>(settings);
        if (joined.isEmpty()) {
            changed.putAll(files(tool, location, history, content, merge));
        }
        ScriptsLocation copy = copy(location.workingDirectory().normalize(), changed, folder, there);
        RevisionGraph graph = tool.read(copy).graph();
        String end = joined.map(Joined::revision)
                .orElse(content.way() == MergeWay.MERGE ? merge.revision() : content.heads().getLast());
        if (!graph.contains(end) || !graph.ancestors(List.of(end)).containsAll(content.heads())) {
            throw notCopied(tool.path(location, ""));
        }
        return new MergedScripts(copy, graph, end, joined.isPresent() || content.way() == MergeWay.REPARENT, folder);
    }

    private static ScriptsLocation copy(
            Path working, Map<Path, byte[]> changed, Path folder, Function<Path, ScriptsLocation> there) {
        Map<Path, byte[]> inside = new TreeMap<>();
        changed.forEach((path, bytes) -> {
            if (!path.startsWith(working)) {
                throw notCopied(path);
            }
            inside.put(working.relativize(path), bytes);
        });
        try {
            FolderOverlay.write(working, folder, inside);
        } catch (IOException e) {
            throw CommandFailure.unknown("The scripts cannot be copied to '%s': %s.".formatted(
                    Paint.plain(folder.toString()), e.getMessage()));
        }
        return there.apply(folder);
    }

    /** The files of the merge by their absolute paths. */
    private static Map<Path, byte[]> files(
            MigrationTool tool, ScriptsLocation location, History history, MergeContent content, NewMerge merge) {
        Map<Path, byte[]> files = new TreeMap<>();
        for (ProposedFile file : proposed(tool, location, history, content, merge)) {
            switch (file) {
                case NotComputed(String reason) -> throw CommandFailure.unknown(
                        "%s Run '%s' yourself, and rehearse that.".formatted(reason,
                                tool.mergeCommand(location, merge)));
                case Computed computed -> files.put(tool.path(location, computed.file()), computed.bytes());
            }
        }
        return files;
    }

    private static List<ProposedFile> proposed(
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
                "'%s' is not found through a copy of this folder. Run this in a folder above it, and name scripts and configuration by relative paths."
                        .formatted(Paint.plain(scripts.toString())));
    }

    /** Writes a URL into the copy's configuration, if the project's has one. The project's own files stay as they are. */
    void use(MigrationTool tool, String url) throws IOException {
        if (copy == null) {
            return;
        }
        for (Map.Entry<Path, byte[]> file : tool.withUrl(location, url).entrySet()) {
            // A link would lead to the project's own file.
            if (!file.getKey().startsWith(copy) || !Files.isRegularFile(file.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                throw notCopied(file.getKey());
            }
            Files.write(file.getKey(), file.getValue());
        }
    }

    /** A revision as people know it: what no project has yet is {@link MergeEnvironment#THE_MERGE}. */
    public String shown(String revision) {
        return !written && revision.equals(end) ? MergeEnvironment.THE_MERGE : revision;
    }
}
