package dev.migrationledger.agent.merge;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code merge approve}. */
@Command(name = "approve", description = "Approves a merge as it is now. The approval ends when a side does something else, or another policy is applied.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Approved.",
    "1:It is not open, or the policy asks who wrote it and the ledger cannot compare you with its authors.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class ApproveMergeCommand implements Callable<Integer> {

    @Mixin
    private final ChosenMergeOptions merge = new ChosenMergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        return merge.decide(spec, "approve", null, MergeText::approved);
    }
}
