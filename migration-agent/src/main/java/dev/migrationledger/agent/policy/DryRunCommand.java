package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code policy dry-run}. */
@Command(name = "dry-run", description = "Shows what deploys of the last days would have got under a file, as things were then. Changes nothing.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:All would have got the same answer.",
    "1:The file has mistakes, or a deploy would have got another answer.",
    "2:Wrong usage.",
    "3:A deploy cannot be judged again, or the ledger cannot be reached or forbids it."})
final class DryRunCommand implements Callable<Integer> {

    @Mixin
    private final PolicyFileOptions file = new PolicyFileOptions();

    @Option(names = "--days", paramLabel = "N", defaultValue = "7", description = "How many days back (default: ${DEFAULT-VALUE}).")
    private int days = 7;

    @Mixin
    private final PolicyOptions options = new PolicyOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (days < 1 || days > PolicyDryRun.LONGEST_DAYS) {
            throw CommandFailure.usage("--days %d is out of range; write 1 to %d.".formatted(days,
                    PolicyDryRun.LONGEST_DAYS));
        }
        byte[] text = file.read();
        try (LedgerClient ledger = options.client()) {
            Answer answer = ledger.send("POST", options.path() + "/dry-run?days=" + days, text, "Content-Type",
                    "application/yaml");
            Optional<PolicyRefusal> refusal = answer.problem(PolicyRefusal.CODE, PolicyRefusal.class);
            if (refusal.isPresent()) {
                options.print(spec.commandLine().getOut(), refusal.get(), () -> file.mistakes(refusal.get()));
                return ExitCode.FINDINGS;
            }
            PolicyDryRun run = answer.read(PolicyDryRun.class);
            options.print(spec.commandLine().getOut(), run, () -> new DryRunText(run, file.shown()).lines());
            if (run.blocked() + run.allowed() > 0) {
                return ExitCode.FINDINGS;
            }
            return run.notJudged() == 0 ? ExitCode.OK : ExitCode.UNKNOWN;
        }
    }
}
