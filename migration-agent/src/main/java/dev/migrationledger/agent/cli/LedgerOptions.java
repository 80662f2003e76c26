package dev.migrationledger.agent.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ledger and the project that a command is about: use as a picocli mixin. What it cannot do without, the command checks. */
public final class LedgerOptions {

    @Option(names = "--ledger", paramLabel = "URL", description = "URL of the ledger: http://host:port.")
    private @Nullable String ledger;

    @Option(names = "--project", paramLabel = "NAME", description = "Project of the migration scripts, as the ledger names it.")
    private @Nullable String project;

    public @Nullable String ledger() {
        return ledger;
    }

    public @Nullable String project() {
        return project;
    }
}
