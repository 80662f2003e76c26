package dev.migrationledger.agent.merge;

import dev.migrationledger.contracts.merge.MergeProposal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merge withdraw}. */
@Command(name = "withdraw", description = "Withdraws a merge that is not wanted any more, until an environment has it.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Withdrawn.",
    "1:It is not open, or an environment has it.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class WithdrawMergeCommand implements Callable<Integer> {

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why it is not wanted.")
    private String reason = "";

    @Mixin
    private final ChosenMergeOptions merge = new ChosenMergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        return merge.decide(spec, "withdraw", new MergeProposal.Reason(reason), MergeText::ended);
    }
}
