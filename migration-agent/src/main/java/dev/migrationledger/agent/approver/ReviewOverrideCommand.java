package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.contracts.gate.GateOverride;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code override review}. */
@Command(name = "review", description = "Records that you looked at what was deployed under the last override. The next one can be opened then.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Reviewed.",
    "1:It is still open.",
    "2:Wrong usage, or nothing has to be reviewed.",
    "3:The ledger cannot be reached, or forbids it."})
final class ReviewOverrideCommand implements Callable<Integer> {

    @Option(names = "--remark", paramLabel = "TEXT", required = true, description = "What you saw, and what follows.")
    private String remark = "";

    @Mixin
    private final ApproverOptions options = new ApproverOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            GateOverride last = options.last(ledger);
            if (last.deploys().isEmpty() || last.reviewedAt() != null) {
                throw CommandFailure.usage("%s has no deploys to review. 'override list' shows all overrides."
                        .formatted(options.environment()));
            }
            Answer answer = options.post(ledger, "/overrides/%s/review".formatted(last.override()),
                    new GateOverride.Review(remark));
            if (ApproverOptions.isRefused(answer, spec, "still-open")) {
                return ExitCode.FINDINGS;
            }
            GateOverride reviewed = answer.read(GateOverride.class);
            options.print(spec.commandLine().getOut(), reviewed,
                    () -> OverrideText.reviewed(options.environment(), reviewed));
            return ExitCode.OK;
        }
    }
}
