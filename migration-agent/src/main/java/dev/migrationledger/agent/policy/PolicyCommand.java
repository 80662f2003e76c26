package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code policy}: what a project demands of deploys. */
@Command(name = "policy", description = "Shows or changes what a project demands of deploys.", mixinStandardHelpOptions = true, subcommands = {
    ShowPolicyCommand.class, ApplyCommand.class, DryRunCommand.class, BaselineCommand.class})
public final class PolicyCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure
                .usage("policy needs show, apply, dry-run or baseline; see 'migration-agent policy --help'.");
    }
}
