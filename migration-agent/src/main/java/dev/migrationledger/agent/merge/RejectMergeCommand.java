package dev.migrationledger.agent.merge;

import dev.migrationledger.contracts.merge.MergeProposal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merge reject}. */
@Command(name = "reject", description = "Rejects a merge as it is now. Another content opens it again.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Rejected.",
    "1:It is not open, or an environment has it.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class RejectMergeCommand implements Callable<Integer> {

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why it must not be merged as it is.")
    private String reason = "";

    @Mixin
    private final ChosenMergeOptions merge = new ChosenMergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        return merge.decide(spec, "reject", new MergeProposal.Reason(reason), MergeText::ended);
    }
}
