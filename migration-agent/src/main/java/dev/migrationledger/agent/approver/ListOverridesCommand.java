package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.gate.GateOverride;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code override list}. */
@Command(name = "list", description = "Lists the overrides of an environment, the newest first, with the deploys that only they allowed.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:None is open, and none has to be reviewed.",
    "1:One is open, or has to be reviewed.",
    "2:Wrong usage.",
    "3:The ledger cannot be reached, or forbids it."})
final class ListOverridesCommand implements Callable<Integer> {

    @Mixin
    private final ApproverOptions options = new ApproverOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            List<GateOverride> overrides = options.overrides(ledger);
            OverrideText text = new OverrideText(options.environment(), Instant.now());
            options.print(spec.commandLine().getOut(), overrides, () -> text.list(overrides));
            return overrides.stream().allMatch(text::isSettled) ? ExitCode.OK : ExitCode.FINDINGS;
        }
    }
}
