package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.EndConverter;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code policy baseline accept}. */
@Command(name = "accept", description = "Accepts findings of an environment as they are now. Only new ones block a deploy then.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Accepted, or nothing is open.",
    "2:Wrong usage.",
    "3:The ledger cannot be reached, or forbids it."})
final class AcceptCommand implements Callable<Integer> {

    @Mixin
    private final FindingOptions wanted = new FindingOptions();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why they are accepted.")
    private String reason = "";

    @Option(names = "--owner", paramLabel = "NAME", required = true, description = "Who takes care of them.")
    private String owner = "";

    @Option(names = "--until", paramLabel = "TIME", required = true, converter = EndConverter.class, description = "When they count again: a date such as 2027-01-31 (0:00 UTC), a time, or a duration such as 30d; at most 366 days away.")
    private Instant until = Instant.EPOCH;

    @Mixin
    private final PolicyOptions options = new PolicyOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        String environment = wanted.environment();
        try (LedgerClient ledger = options.client()) {
            Baseline accepted = ledger.send("POST", options.path() + "/baseline",
                    ContractJson.write(
                            new Baseline.Acceptance(environment, wanted.codes, wanted.subjects, reason, owner, until)),
                    "Content-Type", "application/json").read(Baseline.class);
            options.print(spec.commandLine().getOut(), accepted, () -> BaselineText.accepted(accepted, environment));
            return ExitCode.OK;
        }
    }
}
