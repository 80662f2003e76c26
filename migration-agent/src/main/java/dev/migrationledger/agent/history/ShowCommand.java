package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.core.graph.RevisionIdentifiers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}: all that is known of a revision. */
@Command(name = "show", description = "Shows one revision: its place in the history and what it does to the schema. Runs no script.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:No problems.",
    "1:Problems found.",
    "2:Wrong usage, or no such revision.",
    "3:Could not tell."}, footer = {
        "",
        "With --ledger, REV is a whole id, and show prints what the ledger knows of that revision, even if it was edited or deleted."})
public final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final HistoryOptions history;

    @Mixin
    private final LedgerHistoryOptions remembered = new LedgerHistoryOptions();

    @Parameters(paramLabel = "REV", description = "The revision, as Alembic names it: an id, its first characters or a branch label; head, heads or base; LABEL@head, REV+2, REV-1 or LABEL@-1.")
    private String revision = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    public ShowCommand() {
        this(new ScriptsOptions());
    }

    /** With another working directory than the process has. */
    ShowCommand(ScriptsOptions scripts) {
        this.history = new HistoryOptions(scripts);
    }

    @Override
    public Integer call() {
        Optional<LedgerHistory> asked = remembered.remembered(revision);
        if (asked.isPresent()) {
            return asked.get().show(history.output(), spec.commandLine().getOut(), spec.commandLine().getErr());
        }
        return history.print(spec.commandLine(), graph -> {
            if (!graph.contains(revision)) {
                HistoryOptions.refuseCurrent(revision);
            }
            return new RevisionIdentifiers(graph).named(revision);
        }, true, ShowCommand::lines);
    }

    private static List<String> lines(List<ShownRevision> revisions) {
        List<String> lines = new RevisionText(Paint.forTerminal()).blocks(revisions);
        return lines.isEmpty()
                ? List.of("<base>: no revision is applied here")
                // An empty line ends each but the last.
                : lines.subList(0, lines.size() - 1);
    }
}
