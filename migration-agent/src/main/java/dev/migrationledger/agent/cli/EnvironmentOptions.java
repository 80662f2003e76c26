package dev.migrationledger.agent.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The environment that a command is about, with its ledger and project: use as a picocli mixin. */
public final class EnvironmentOptions {

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    @Option(names = "--environment", paramLabel = "NAME", description = "Name for this database within the project, such as production.")
    private @Nullable String environment;

    public @Nullable String ledger() {
        return ledger.ledger();
    }

    public @Nullable String project() {
        return ledger.project();
    }

    public @Nullable String environment() {
        return environment;
    }

    /** Fails with wrong usage if it is missing. */
    public String requiredLedger() {
        return ledger.requiredLedger();
    }

    /** Fails with wrong usage if it is missing or cannot be a name. */
    public String requiredProject() {
        return ledger.requiredProject();
    }

    /** Fails with wrong usage if it is missing or cannot be a name. */
    public String requiredEnvironment() {
        return TypedNames.check("environment", LedgerOptions.required("--environment NAME", environment));
    }
}
