package dev.migrationledger.agent.audit;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code audit}: what was recorded. */
@Command(name = "audit", description = "Checks what a ledger recorded.", mixinStandardHelpOptions = true, subcommands = {
    VerifyCommand.class})
public final class AuditCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure.usage("audit needs verify; see 'migration-agent audit --help'.");
    }
}
