package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.contracts.merge.MergeProposal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** The merge that a command is about: use as a picocli mixin. */
final class ChosenMergeOptions {

    @Parameters(index = "0", arity = "0..1", paramLabel = "MERGE", description = "Its id, or one of its heads (default: the only open one).")
    private @Nullable String merge;

    @Mixin
    private final MergeOptions options = new MergeOptions();

    /** As the ledger has it; fails with wrong usage if it is not clear which one is meant. */
    MergeProposal find() {
        try (LedgerClient ledger = options.client()) {
            return options.find(ledger, merge);
        }
    }

    void print(CommandSpec command, Object answer, Supplier<List<String>> lines) {
        options.print(command.commandLine().getOut(), answer, lines);
    }

    /**
     * Decides about it, and prints what came of it.
     *
     * @param verb the end of its address
     * @param body absent: none is needed
     * @return the exit code
     */
    int decide(CommandSpec command, String verb, @Nullable Object body, Function<MergeText, List<String>> lines) {
        try (LedgerClient ledger = options.client()) {
            MergeProposal found = options.find(ledger, merge);
            Answer answer = options.post(ledger, "/%s/%s".formatted(found.merge(), verb), body);
            if (MergeOptions.isRefused(answer, command)) {
                return ExitCode.FINDINGS;
            }
            MergeProposal decided = answer.read(MergeProposal.class);
            print(command, decided, () -> lines.apply(new MergeText(decided)));
            return ExitCode.OK;
        }
    }
}
