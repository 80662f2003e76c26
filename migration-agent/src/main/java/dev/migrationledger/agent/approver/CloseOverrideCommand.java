package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.gate.GateOverride;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code override close}. */
@Command(name = "close", description = "Closes the override that is open, before its end.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Closed.",
    "2:Wrong usage, or none is open.",
    "3:The ledger cannot be reached, or forbids it."})
final class CloseOverrideCommand implements Callable<Integer> {

    @Option(names = "--comment", paramLabel = "TEXT", description = "What you add to its end (default: none).")
    private @Nullable String comment;

    @Mixin
    private final ApproverOptions options = new ApproverOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            GateOverride last = options.last(ledger);
            // Whether its time is over is for the ledger to say: clocks differ.
            if (last.closedAt() != null || last.reviewedAt() != null) {
                throw CommandFailure.usage("No override of %s is open.".formatted(options.environment()));
            }
            GateOverride closed = options.post(ledger, "/overrides/%s/close".formatted(last.override()),
                    new ActionComment(comment))
                    .read(GateOverride.class);
            options.print(spec.commandLine().getOut(), closed,
                    () -> OverrideText.closed(options.environment(), closed));
            return ExitCode.OK;
        }
    }
}
