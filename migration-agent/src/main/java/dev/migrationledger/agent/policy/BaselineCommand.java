package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.policy.Baseline;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy baseline}. */
@Command(name = "baseline", description = "Lists the findings that the project accepts, and what became of each.", mixinStandardHelpOptions = true, subcommands = {
    AcceptCommand.class, WithdrawCommand.class}, exitCodeList = {
        "0:Every accepted finding is as it was accepted, or gone.",
        "1:An accepted finding is worse, or its time is over.",
        "2:Wrong usage.",
        "3:The ledger cannot be reached, or forbids it."})
final class BaselineCommand implements Callable<Integer> {

    @Mixin
    private final PolicyOptions options = new PolicyOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            Baseline baseline = ledger.get(options.path() + "/baseline", Baseline.class);
            options.print(spec.commandLine().getOut(), baseline, () -> BaselineText.lines(baseline));
            return baseline.findings().stream().allMatch(BaselineText::isHarmless) ? ExitCode.OK : ExitCode.FINDINGS;
        }
    }
}
