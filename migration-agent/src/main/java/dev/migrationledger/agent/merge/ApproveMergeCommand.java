package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.merge.MergeProposal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge approve}. */
@Command(name = "approve", description = "Approves a merge as it is now. The approval ends when a side does something else, or another policy is applied.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Approved.",
    "1:It is not open.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class ApproveMergeCommand implements Callable<Integer> {

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
            Answer answer = options.post(ledger, "/%s/approve".formatted(found.merge()), null);
            if (MergeOptions.isRefused(answer, spec)) {
                return ExitCode.FINDINGS;
            }
            MergeProposal approved = answer.read(MergeProposal.class);
            options.print(spec.commandLine().getOut(), approved, () -> new MergeText(approved).approved());
            return ExitCode.OK;
        }
    }
}
