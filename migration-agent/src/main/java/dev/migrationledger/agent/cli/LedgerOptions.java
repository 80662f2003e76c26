package dev.migrationledger.agent.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The ledger and the project that a command is about: use as a picocli mixin. What a command cannot do without, it asks for as required. */
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

    /** Fails with wrong usage if it is missing. */
    public String requiredLedger() {
        return required("--ledger URL", ledger);
    }

    /** Fails with wrong usage if it is missing or cannot be a name. */
    public String requiredProject() {
        return TypedNames.check("project", required("--project NAME", project));
    }

    static String required(String option, @Nullable String value) {
        if (value == null) {
            throw CommandFailure.usage("%s is missing; add it.".formatted(option));
        }
        return value;
    }
}
