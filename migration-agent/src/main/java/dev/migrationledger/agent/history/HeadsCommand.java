package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.core.graph.Identified.Found;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heads}: the revisions that nothing comes after. */
@Command(name = "heads", description = "Shows the heads: the revisions that no other revision follows. Runs no script.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:No problems.",
    "1:Problems found.",
    "2:Wrong usage.",
    "3:Could not tell."})
public final class HeadsCommand implements Callable<Integer> {

    @Mixin
    private final HistoryOptions history;

    @Option(names = "--resolve-dependencies", description = "Leaves out heads that another revision depends on.")
    private boolean resolveDependencies;

    @Option(names = {"-v", "--verbose"}, description = "Shows every detail of each revision.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    public HeadsCommand() {
        this(new ScriptsOptions());
    }

    /** With another working directory than the process has. */
    HeadsCommand(ScriptsOptions scripts) {
        this.history = new HistoryOptions(scripts);
    }

    @Override
    public Integer call() {
        RevisionText text = new RevisionText(Paint.forTerminal());
        return history.print(spec.commandLine(),
                graph -> new Found(
                        graph.lacksParents()
                                ? List.of()
                                : (resolveDependencies ? graph.realHeads() : graph.heads()).stream().distinct()
                                        .toList(),
                        null),
                false,
                heads -> verbose ? text.blocks(heads) : heads.stream().map(text::head).toList());
    }
}
