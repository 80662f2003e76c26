package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.contracts.merge.MergeProposal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code merge show}. */
@Command(name = "show", description = "Shows what each side does, where it ran, who approved, and what each environment would run.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:It is approved, or over.",
    "1:It waits for an approval.",
    "2:Wrong usage, or no such merge.",
    "3:The ledger cannot be reached, or forbids it."})
final class ShowMergeCommand implements Callable<Integer> {

    @Mixin
    private final ChosenMergeOptions merge = new ChosenMergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        MergeProposal found = merge.find();
        merge.print(spec, found, () -> new MergeText(found).lines());
        return MergeText.isWaiting(found) ? ExitCode.FINDINGS : ExitCode.OK;
    }
}
