package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code override}: lets deploys run although reasons block them. */
@Command(name = "override", description = "Lets deploys of an environment run although reasons block them, until an end.", mixinStandardHelpOptions = true, subcommands = {
    OpenOverrideCommand.class, ListOverridesCommand.class, CloseOverrideCommand.class, ReviewOverrideCommand.class})
public final class OverrideCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure
                .usage("override needs open, list, close or review; see 'migration-agent override --help'.");
    }
}
