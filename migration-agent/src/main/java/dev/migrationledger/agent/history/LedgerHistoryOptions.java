package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.LedgerOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that ask a ledger for a revision instead of reading scripts. */
final class LedgerHistoryOptions {

    @Mixin
    private final LedgerOptions asked = new LedgerOptions();

    @Option(names = "--write", paramLabel = "DIR", description = "With --ledger: writes the revision's file into this folder under its original name. Never overwrites a file.")
    private @Nullable Path write;

    @Option(names = "--digest", paramLabel = "DIGEST", description = "With --write: chooses one of several contents by the first characters of its digest.")
    private @Nullable String digest;

    /** What to ask for; empty without a ledger. Fails with wrong usage if other options are given without it. */
    Optional<LedgerHistory> remembered(String revision) {
        String ledger = asked.ledger();
        if (ledger == null) {
            if (asked.project() != null || write != null || digest != null) {
                throw CommandFailure
                        .usage("--project, --write and --digest need --ledger URL; add it.");
            }
            return Optional.empty();
        }
        return Optional.of(new LedgerHistory(ledger, asked.requiredProject(), revision, write, digest));
    }
}
