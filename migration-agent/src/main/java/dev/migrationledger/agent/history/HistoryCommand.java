package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.Identified;
import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.graph.RevisionIdentifiers;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code history}: all revisions or a range of them, the newest first. */
@Command(name = "history", description = "Lists the revisions, newest first. Runs no script.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:No problems.",
    "1:Problems found.",
    "2:Wrong usage.",
    "3:Could not tell."})
public final class HistoryCommand implements Callable<Integer> {

    @Mixin
    private final HistoryOptions history;

    @Option(names = {"-r",
        "--rev-range"}, paramLabel = "A:B", description = "Lists the revisions from A to B, both included (default: base to heads). Either end may be relative to the other: -3:B or A:+3.")
    private @Nullable String range;

    @Option(names = {"-v", "--verbose"}, description = "Shows every detail of each revision.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    public HistoryCommand() {
        this(new ScriptsOptions());
    }

    /** With another working directory than the process has. */
    HistoryCommand(ScriptsOptions scripts) {
        this.history = new HistoryOptions(scripts);
    }

    @Override
    public Integer call() {
        RevisionText text = new RevisionText(Paint.forTerminal());
        return history.print(spec.commandLine(), this::which, false,
                revisions -> verbose ? text.blocks(revisions) : revisions.stream().map(text::step).toList());
    }

    private Identified which(RevisionGraph graph) {
        if (range == null) {
            // Everything, even what no head leads to because it is on a cycle.
            return new Found(
                    graph.topological(graph.revisions().stream().map(Revision::revision).toList()).reversed(), null);
        }
        String[] ends = range.strip().split(":", -1);
        if (ends.length != 2) {
            throw CommandFailure.usage(
                    "'%s' is not a range; write START:END, START: or :END, such as 'base:head'.".formatted(range));
        }
        HistoryOptions.refuseCurrent(ends[0]);
        HistoryOptions.refuseCurrent(ends[1]);
        return new RevisionIdentifiers(graph).between(ends[0], ends[1]);
    }
}
