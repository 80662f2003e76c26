package dev.migrationledger.agent.capture;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code capture}: triggers within the database. Only its install and uninstall ever write to a watched database. */
@Command(name = "capture", description = "Installs, removes or checks capture: a trigger that records each change of the version table and who made it.", mixinStandardHelpOptions = true, subcommands = {
    InstallCommand.class, UninstallCommand.class, StatusCommand.class})
public final class CaptureCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure
                .usage("capture needs install, uninstall or status; see 'migration-agent capture --help'.");
    }
}
