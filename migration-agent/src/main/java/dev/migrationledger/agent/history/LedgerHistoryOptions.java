package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.TypedNames;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that ask a ledger for a revision, rather than the scripts that lie here. */
final class LedgerHistoryOptions {

    @Option(names = "--ledger", paramLabel = "URL", description = "URL of the ledger to ask: http://host:port. It knows every revision that the project ever had, including edited and deleted ones.")
    private @Nullable String ledger;

    @Option(names = "--project", paramLabel = "NAME", description = "With --ledger: the project.")
    private @Nullable String project;

    @Option(names = "--write", paramLabel = "DIR", description = "With --ledger: writes the revision's file into this folder under its original name. Never overwrites a file.")
    private @Nullable Path write;

    @Option(names = "--digest", paramLabel = "DIGEST", description = "With --write: chooses one of several contents by the first characters of its digest.")
    private @Nullable String digest;

    /** What to ask for; empty where no ledger is named. Fails with wrong usage where only a part is said. */
    Optional<LedgerHistory> remembered(String revision) {
        if (ledger == null) {
            if (project != null || write != null || digest != null) {
                throw CommandFailure
                        .usage("--project, --write and --digest are about a ledger, but none is named; add --ledger URL.");
            }
            return Optional.empty();
        }
        if (project == null) {
            throw CommandFailure.usage("--ledger needs --project NAME.");
        }
        return Optional.of(new LedgerHistory(ledger, TypedNames.check("project", project), revision, write, digest));
    }
}
