package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.Interval;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.ScratchServer;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.option.ScratchServerOptions;
import dev.migrationledger.agent.home.TemporaryFolder;
import dev.migrationledger.agent.rehearsal.AtEnd;
import dev.migrationledger.agent.rehearsal.MergedScripts;
import dev.migrationledger.agent.rehearsal.Rehearsal;
import dev.migrationledger.agent.rehearsal.ToolSettings;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeContents;
import dev.migrationledger.core.merge.MergeDifferences;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import dev.migrationledger.core.merge.MergeOutcome;
import dev.migrationledger.core.merge.MergeSentences;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge rehearse}. */
@Command(name = "rehearse", description = "Runs a merge in scratch databases, in each order of its sides, and compares the schemas. It runs the project's own scripts.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Every way succeeds, and all end with the same schema.",
    "1:A way fails or ends with another schema, or the scripts here are not what would be merged.",
    "2:Wrong usage, or a database that may be in use.",
    "3:It could not be rehearsed, or the ledger cannot be reached or forbids it."}, footer = {
        "",
        "Without --ledger, it rehearses the heads of the scripts here and records nothing.",
        "",
        "Example:",
        "  migration-agent merge rehearse --ledger http://ledger:8080 --project navbot \\",
        "      --database postgresql://postgres@localhost/postgres"})
final class RehearseMergeCommand implements Callable<Integer> {

    private static final int NAMED = 4;

    @Parameters(index = "0", arity = "0..1", paramLabel = "MERGE", description = "Its id, or one of its heads (default: the only open one).")
    private @Nullable String merge;

    @Option(names = "--url-variable", paramLabel = "NAME", defaultValue = "DATABASE_URL", description = "Environment variable in which env.py reads the URL of its database (default: ${DEFAULT-VALUE}).")
    private String urlVariable = "";

    @Option(names = "--name-variable", paramLabel = "NAME", description = "Environment variable in which env.py reads the database's name, if it makes the URL of parts (default: none).")
    private @Nullable String nameVariable;

    @Option(names = "--command", paramLabel = "WORDS", description = "Command that starts Alembic, such as 'poetry run alembic' (default: alembic, or flask db).")
    private @Nullable String command;

    @Option(names = "--limit", paramLabel = "DURATION", defaultValue = "10m", converter = Interval.class, description = "How long one upgrade may take, with s or m, up to 60m (default: ${DEFAULT-VALUE}).")
    private Duration limit = Duration.ZERO;

    @Mixin
    private final ScratchServerOptions database = new ScratchServerOptions();

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final MergeOptions options = new MergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    RehearseMergeCommand() {
        this(new ScriptsOptions());
    }

    /** With another working directory than the process has. */
    RehearseMergeCommand(ScriptsOptions scripts) {
        this.scripts = scripts;
    }

    /**
     * What was done.
     *
     * @param rehearsal absent: there are no heads to bring together
     * @param recorded whether the ledger has it
     */
    private record RehearsalReport(@Nullable MergeRehearsal rehearsal, boolean recorded) {}

    @Override
    public Integer call() {
        ScriptsLocation location = scripts.location();
        MigrationTool tool = MigrationTools.of(location);
        History history = tool.read(location);
        if (options.hasLedger()) {
            return withLedger(tool, location, history);
        }
        if (merge != null) {
            throw CommandFailure.usage("'%s' names a merge of a ledger; add --ledger URL, or leave it out.".formatted(
                    Paint.plain(merge)));
        }
        List<String> heads = heads(history.graph());
        if (heads.isEmpty()) {
            options.print(spec.commandLine().getOut(), new RehearsalReport(null, false),
                    () -> List.of("The scripts have one head, or labelled ones. There is nothing to rehearse."));
            return ExitCode.OK;
        }
        MergeRehearsal rehearsal = rehearse(tool, location, history, content(history, heads), List.of());
        print(rehearsal, false);
        return code(rehearsal);
    }

    /** The heads that should be one; those below the head where that joins several. */
    private static List<String> heads(RevisionGraph graph) {
        List<String> heads = MergeContents.heads(graph);
        return !heads.isEmpty() || graph.heads().size() != 1 || graph.lacksParents()
                ? heads
                : graph.find(graph.heads().getFirst()).map(Revision::parents).filter(parents -> parents.size() > 1)
                        .orElse(List.of());
    }

    private static MergeContent content(History history, List<String> heads) {
        return MergeContents.of(new ScriptsSeen(history.source(), history.graph(), List.of(), Map.of()), heads, null,
                List.of(), MergeWay.MERGE);
    }

    private int withLedger(MigrationTool tool, ScriptsLocation location, History history) {
        try (LedgerClient ledger = options.client()) {
            MergeProposal found = options.find(ledger, merge);
            String problem = problem(found.content(), history);
            if (problem != null) {
                ErrorLines.print(spec.commandLine().getErr(), problem);
                return ExitCode.FINDINGS;
            }
            MergeRehearsal rehearsal = rehearse(tool, location, history, found.content(),
                    Objects.requireNonNullElse(found.environments(), List.of()));
            Answer answer;
            try {
                answer = options.post(ledger, "/%s/rehearsals".formatted(found.merge()), rehearsal);
            } catch (CommandFailure e) {
                print(rehearsal, false);
                throw e;
            }
            boolean refused = MergeOptions.isRefused(answer, spec);
            if (!refused) {
                answer.read(MergeProposal.class);
            }
            print(rehearsal, !refused);
            return refused ? ExitCode.FINDINGS : code(rehearsal);
        }
    }

    /** Why these scripts are not what would be merged; absent where they are. */
    private static @Nullable String problem(MergeContent content, History history) {
        List<String> missing = content.heads().stream().filter(head -> !history.graph().contains(head)).toList();
        if (!missing.isEmpty()) {
            return "These scripts do not have %s. Check out what has all heads.".formatted(
                    Paint.plain(ListText.and(missing, NAMED)));
        }
        Optional<Joined> joined = MergeOutcome.joined(history.graph(), content.heads());
        if (joined.isPresent()) {
            return MergeOutcome.isAsProposed(history.graph(), content, joined.get())
                    ? null
                    : "%s brings the heads together, with more or less than would be merged.".formatted(
                            Paint.plain(joined.get().revision()));
        }
        List<MergeDifference> differences = MergeDifferences.ofRevisions(content, content(history, content.heads()));
        return differences.isEmpty()
                ? null
                : "These scripts are not what would be merged: %s.".formatted(ListText.and(
                        differences.stream().map(MergeSentences::difference).map(Paint::plain).toList(), NAMED));
    }

    private MergeRehearsal rehearse(
            MigrationTool tool, ScriptsLocation location, History history, MergeContent content,
            List<MergeEnvironment> environments) {
        VersionTableName table = database.versionTable(tool.database(location));
        try (TemporaryFolder folder = TemporaryFolder.create("rehearsal")) {
            MergedScripts merged = MergedScripts.of(tool, location, history, content,
                    Files.createDirectory(folder.path().resolve("scripts")), scripts::locationIn);
            ToolSettings settings = new ToolSettings(
                    command == null ? List.of() : List.of(command.strip().split("\\s+")), urlVariable, nameVariable,
                    limit);
            try (ScratchServer server = database.open()) {
                Rehearsal rehearsal = new Rehearsal(tool, merged, settings, server, table,
                        folder.path().resolve("output"));
                try (AtEnd _ = AtEnd.of(() -> remove(rehearsal, folder))) {
                    return rehearsal.run(content, environments);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.unknown("The scripts cannot be copied: %s.".formatted(e.getMessage()));
        }
    }

    /** The copy may have a configuration with a password in it. */
    private static void remove(Rehearsal rehearsal, TemporaryFolder folder) {
        rehearsal.stop();
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(MergeRehearsal rehearsal, boolean recorded) {
        options.print(spec.commandLine().getOut(), new RehearsalReport(rehearsal, recorded), () -> {
            List<String> lines = new ArrayList<>(RehearsalText.lines(rehearsal));
            if (recorded) {
                lines.add("The ledger has recorded it.");
            }
            return lines;
        });
    }

    private static int code(MergeRehearsal rehearsal) {
        return rehearsal.succeeded() ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
