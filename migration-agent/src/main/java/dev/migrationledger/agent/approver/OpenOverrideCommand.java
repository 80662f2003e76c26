package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.EndConverter;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.contracts.gate.GateOverride;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code override open}. */
@Command(name = "open", description = "Opens an override. It ends by itself, and its deploys have to be reviewed before the next one.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Open now.",
    "1:One is open already, or the last one has to be reviewed first.",
    "2:Wrong usage.",
    "3:The ledger cannot be reached, or forbids it."})
final class OpenOverrideCommand implements Callable<Integer> {

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why deploys cannot wait.")
    private String reason = "";

    @Option(names = "--until", paramLabel = "TIME", required = true, converter = EndConverter.class, description = "When it ends: a duration such as 90m or 2h, a time such as 2027-01-31T18:00:00Z, or a date; at most 7 days away.")
    private Instant until = Instant.EPOCH;

    @Mixin
    private final ApproverOptions options = new ApproverOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            Answer answer = options.post(ledger, "/overrides", new GateOverride.Opening(reason, until));
            if (ApproverOptions.isRefused(answer, spec, "open-already", "review-due")) {
                return ExitCode.FINDINGS;
            }
            GateOverride opened = answer.read(GateOverride.class);
            options.print(spec.commandLine().getOut(), opened,
                    () -> OverrideText.opened(options.environment(), opened));
            return ExitCode.OK;
        }
    }
}
