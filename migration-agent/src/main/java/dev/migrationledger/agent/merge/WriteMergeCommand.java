package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.ProposedFile;
import dev.migrationledger.agent.tool.ProposedFile.Computed;
import dev.migrationledger.agent.tool.ProposedFile.NotComputed;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeContents;
import dev.migrationledger.core.merge.MergeDifferences;
import dev.migrationledger.core.merge.MergeSentences;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merge write}. */
@Command(name = "write", description = "Writes an approved merge into the scripts: the file that 'alembic merge' would write, or another down_revision of one file. Runs no script.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Written.",
    "1:It is not approved, or these scripts are not what was approved.",
    "2:Wrong usage, or no such merge.",
    "3:The file cannot be worked out, or the ledger cannot be reached or forbids it."})
final class WriteMergeCommand implements Callable<Integer> {

    private static final int NAMED = 4;

    /** As Alembic makes them. */
    private static final int ID_BYTES = 6;

    @Option(names = {"-m",
        "--message"}, paramLabel = "TEXT", description = "Message of the new revision (default: as Alembic makes it).")
    private @Nullable String message;

    @Option(names = "--rev-id", paramLabel = "ID", description = "Id of the new revision (default: a random one).")
    private @Nullable String revision;

    @Option(names = "--dry-run", description = "Prints the file and writes nothing.")
    private boolean dryRun;

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final ChosenMergeOptions merge = new ChosenMergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    WriteMergeCommand() {
        this(new ScriptsOptions());
    }

    /** With another working directory than the process has. */
    WriteMergeCommand(ScriptsOptions scripts) {
        this.scripts = scripts;
    }

    /** @param content of the file, where it was only shown */
    private record WrittenFile(String file, @Nullable String content, List<String> notes) {
        private WrittenFile {
            notes = List.copyOf(notes);
        }
    }

    private record WriteReport(MergeProposal merge, List<WrittenFile> files) {
        private WriteReport {
            files = List.copyOf(files);
        }
    }

    @Override
    public Integer call() {
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        MergeProposal found = merge.find();
        if (found.status() != Status.OPEN || !found.approved()) {
            ErrorLines.print(spec.commandLine().getErr(),
                    found.status() == Status.OPEN
                            ? "The merge is not approved. An approver runs 'merge approve %s'.".formatted(
                                    found.merge())
                            : "The merge is not open any more; 'merge show %s' says why.".formatted(found.merge()));
            return ExitCode.FINDINGS;
        }
        History history = tool.read(location);
        List<MergeDifference> differences = differences(found.content(), history);
        if (!differences.isEmpty()) {
            ErrorLines.print(spec.commandLine().getErr(),
                    "These scripts are not what was approved: %s.".formatted(ListText.and(
                            differences.stream().map(MergeSentences::difference).map(Paint::plain).toList(), NAMED)));
            return ExitCode.FINDINGS;
        }
        List<WrittenFile> files = new ArrayList<>();
        for (ProposedFile proposed : proposed(tool, location, history, found.content())) {
            switch (proposed) {
                case NotComputed(String reason) -> throw CommandFailure.unknown("%s Run '%s' yourself.".formatted(
                        reason, tool.mergeCommand(location, newMerge(found.content()))));
                case Computed file -> files.add(write(tool, location, found.content().way(), file));
            }
        }
        merge.print(spec, new WriteReport(found, files), () -> lines(found, files));
        return ExitCode.OK;
    }

    private static List<MergeDifference> differences(MergeContent approved, History history) {
        RevisionGraph graph = history.graph();
        List<String> missing = approved.heads().stream().filter(head -> !graph.heads().contains(head)).toList();
        if (!missing.isEmpty()) {
            throw CommandFailure
                    .usage("%s of these scripts; look at 'heads', and check out what was approved.".formatted(
                            Paint.plain(ListText.and(missing, NAMED))
                                    + (missing.size() == 1 ? " is not a head" : " are not heads")));
        }
        return MergeDifferences.ofRevisions(approved, MergeContents.of(
                new ScriptsSeen(history.source(), graph, List.of(), Map.of()), approved.heads(), null, List.of(),
                MergeWay.MERGE));
    }

    private NewMerge newMerge(MergeContent content) {
        String id = revision;
        if (id == null) {
            byte[] random = new byte[ID_BYTES];
            new SecureRandom().nextBytes(random);
            id = HexFormat.of().formatHex(random);
            revision = id;
        }
        return new NewMerge(content.heads(), message, id, null, ZonedDateTime.now(ZoneId.systemDefault()));
    }

    private List<ProposedFile> proposed(
            MigrationTool tool, ScriptsLocation location, History history, MergeContent content) {
        if (content.way() == MergeWay.MERGE) {
            return List.of(tool.merge(location, newMerge(content)));
        }
        List<ProposedFile> files = new ArrayList<>();
        for (int i = 1; i < content.sides().size(); i++) {
            String parent = content.heads().get(i - 1);
            for (String root : content.sides().get(i).roots()) {
                Revision moved = history.graph().find(root).orElseThrow();
                files.add(tool.reparented(location, moved, List.of(parent)));
            }
        }
        return files;
    }

    private WrittenFile write(MigrationTool tool, ScriptsLocation location, MergeWay way, Computed file) {
        if (dryRun) {
            return new WrittenFile(file.file(), new String(file.bytes(), StandardCharsets.UTF_8), file.notes());
        }
        Path path = tool.path(location, file.file());
        try {
            if (way == MergeWay.MERGE) {
                Files.write(path, file.bytes(), StandardOpenOption.CREATE_NEW);
            } else {
                Path beside = path.resolveSibling(path.getFileName() + ".new");
                Files.write(beside, file.bytes());
                Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw CommandFailure.unknown("'%s' cannot be written: %s.".formatted(Paint.plain(path.toString()),
                    e.getMessage()));
        }
        return new WrittenFile(file.file(), null, file.notes());
    }

    private List<String> lines(MergeProposal found, List<WrittenFile> files) {
        List<String> lines = new ArrayList<>();
        String heads = Paint.plain(ListText.and(found.content().heads(), NAMED));
        files.forEach(file -> {
            lines.add("%s %s.".formatted(dryRun ? "Would write" : "Wrote", Paint.plain(file.file())));
            if (file.content() != null) {
                file.content().lines().map(Paint::plain).forEach(lines::add);
            }
            file.notes().stream().map(Paint::plain).forEach(lines::add);
        });
        if (!dryRun) {
            lines.add(found.content().way() == MergeWay.MERGE
                    ? "It brings %s together. Commit it, and deploy as usual.".formatted(heads)
                    : "%s follow each other now. Commit it, and deploy as usual.".formatted(heads));
        }
        return lines;
    }
}
