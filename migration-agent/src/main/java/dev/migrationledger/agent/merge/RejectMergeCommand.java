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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge reject}. */
@Command(name = "reject", description = "Rejects a merge as it is now. Another content opens it again.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Rejected.",
    "1:It is not open, or an environment has it.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class RejectMergeCommand implements Callable<Integer> {

    @Parameters(index = "0", arity = "0..1", paramLabel = "MERGE", description = "Its id, or one of its heads (default: the only open one).")
    private @Nullable String merge;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why it must not be merged as it is.")
    private String reason = "";

    @Mixin
    private final MergeOptions options = new MergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            MergeProposal found = options.find(ledger, merge);
            Answer answer = options.post(ledger, "/%s/reject".formatted(found.merge()),
                    new MergeProposal.Reason(reason));
            if (MergeOptions.isRefused(answer, spec)) {
                return ExitCode.FINDINGS;
            }
            MergeProposal ended = answer.read(MergeProposal.class);
            options.print(spec.commandLine().getOut(), ended, () -> new MergeText(ended).ended());
            return ExitCode.OK;
        }
    }
}
