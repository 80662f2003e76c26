package dev.migrationledger.agent.merge;

import dev.migrationledger.contracts.audit.ActionComment;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code merge approve}. */
@Command(name = "approve", description = "Approves a merge as it is now. The approval ends when a side does something else, or another policy is applied.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Approved.",
    "1:It is not open, or the policy asks who wrote it and the ledger cannot compare you with its authors.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class ApproveMergeCommand implements Callable<Integer> {

    @Option(names = "--comment", paramLabel = "TEXT", description = "What you add to the approval (default: none).")
    private @Nullable String comment;

    @Mixin
    private final ChosenMergeOptions merge = new ChosenMergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        return merge.decide(spec, "approve", new ActionComment(comment), MergeText::approved);
    }
}
