package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.merge.MergeProposal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge show}. */
@Command(name = "show", description = "Shows what each side does, where it ran, who approved, and what each environment would run.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:It is approved, or over.",
    "1:It waits for an approval.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class ShowMergeCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "MERGE", description = "Its id, or one of its heads (default: the only open one).")
    private @Nullable String merge;

    @Mixin
    private final MergeOptions options = new MergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            MergeProposal found = options.find(ledger, merge);
            options.print(spec.commandLine().getOut(), found, () -> new MergeText(found).lines());
            return MergeText.isWaiting(found) ? ExitCode.FINDINGS : ExitCode.OK;
        }
    }
}
