package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code policy show}. */
@Command(name = "show", description = "Prints the file of the policy that counts.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Shown, or the defaults count.",
    "2:Wrong usage.",
    "3:The ledger cannot be reached, or forbids it."})
final class ShowPolicyCommand implements Callable<Integer> {

    @Mixin
    private final PolicyOptions options = new PolicyOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            ProjectPolicy policy = ledger.get(options.path(), ProjectPolicy.class);
            String text = Objects.requireNonNullElse(policy.text(), "");
            // Beside the file, so that the output can be edited and applied.
            spec.commandLine().getErr().println(ErrorLines.shown(policy.text() == null
                    ? "%s has no policy; the defaults count.".formatted(policy.project())
                    : "Version %d of %s, applied %s by %s.".formatted(policy.version(), policy.project(),
                            policy.appliedAt(), policy.by())));
            options.print(spec.commandLine().getOut(), policy,
                    () -> text.lines().map(ErrorLines::shown).toList());
            return ExitCode.OK;
        }
    }
}
