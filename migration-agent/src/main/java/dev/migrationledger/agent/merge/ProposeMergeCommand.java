package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeWay;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge propose}. */
@Command(name = "propose", description = "Proposes a merge. The ledger proposes one by itself where scripts that are deployed have several heads.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Proposed, now or before.",
    "1:The sides cannot be brought together in this way.",
    "2:Wrong usage, or no such heads.",
    "3:The ledger cannot be reached, or forbids it."})
final class ProposeMergeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "HEAD", arity = "0..*", description = "Heads to bring together (default: all).")
    private List<String> heads = List.of();

    @Option(names = "--environment", paramLabel = "NAME", required = true, description = "Environment whose scripts have these heads.")
    private String environment = "";

    @Option(names = "--way", paramLabel = "merge|reparent", description = "merge: a new revision follows all of them. reparent: one side follows the other (default: as it fits what ran where).")
    private @Nullable MergeWay way;

    @Mixin
    private final MergeOptions options = new MergeOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            Answer answer = options.post(ledger, "", new MergeProposal.Wanted(environment, heads, way));
            if (MergeOptions.isRefused(answer, spec)) {
                return ExitCode.FINDINGS;
            }
            MergeProposal proposed = answer.read(MergeProposal.class);
            options.print(spec.commandLine().getOut(), proposed, () -> new MergeText(proposed).lines());
            return ExitCode.OK;
        }
    }
}
