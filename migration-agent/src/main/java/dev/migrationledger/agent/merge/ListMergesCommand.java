package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.merge.MergeProposal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code merge list}. */
@Command(name = "list", description = "Lists the merges of a project, the newest first.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:None waits for an approval.",
    "1:One waits for an approval.",
    "2:Wrong usage.",
    "3:The ledger cannot be reached, or forbids it."})
final class ListMergesCommand implements Callable<Integer> {

    @Mixin
    private final MergeOptions options = new MergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            List<MergeProposal> all = options.all(ledger);
            options.print(spec.commandLine().getOut(), all, () -> MergeText.list(options.project(), all));
            return all.stream().anyMatch(MergeText::isWaiting) ? ExitCode.FINDINGS : ExitCode.OK;
        }
    }
}
