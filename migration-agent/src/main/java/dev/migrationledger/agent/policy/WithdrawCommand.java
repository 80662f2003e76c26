package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.policy.Baseline.Entry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy baseline withdraw}. */
@Command(name = "withdraw", description = "Takes back that findings of an environment are accepted.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Withdrawn.",
    "2:Wrong usage, or no such finding is accepted.",
    "3:The ledger cannot be reached, or forbids it."})
final class WithdrawCommand implements Callable<Integer> {

    @Mixin
    private final FindingOptions wanted = new FindingOptions();

    @Mixin
    private final PolicyOptions options = new PolicyOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        String environment = wanted.environment();
        String path = options.path() + "/baseline";
        try (LedgerClient ledger = options.client()) {
            Baseline baseline = ledger.get(path, Baseline.class);
            List<Entry> named = baseline.findings().stream()
                    .filter(one -> one.environment().equals(environment))
                    .filter(one -> wanted.codes.isEmpty() || wanted.codes.contains(one.code()))
                    .filter(one -> wanted.subjects.isEmpty() || wanted.subjects.contains(one.subject()))
                    .toList();
            if (named.isEmpty()) {
                throw CommandFailure.usage(
                        "No such finding of '%s' is accepted; 'policy baseline' lists those that are."
                                .formatted(environment));
            }
            named.forEach(one -> ledger.send("DELETE", path + "/" + one.id(), new byte[0]).check());
            Baseline withdrawn = new Baseline(baseline.project(), named);
            options.print(spec.commandLine().getOut(), withdrawn, () -> BaselineText.withdrawn(withdrawn, environment));
            return ExitCode.OK;
        }
    }
}
