package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.envelope.InvalidName;
import dev.migrationledger.contracts.envelope.PlainNames;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that ask a ledger for a revision, rather than the scripts that lie here. */
final class LedgerHistoryOptions {

    @Option(names = "--ledger", paramLabel = "URL", description = "Asks this ledger, which remembers every revision that any source of the project ever had, also what was edited or deleted.")
    private @Nullable String ledger;

    @Option(names = "--project", paramLabel = "NAME", description = "With --ledger: the project.")
    private @Nullable String project;

    @Option(names = "--write", paramLabel = "DIR", description = "With --ledger: puts the revision's file into this folder, under the name that it had. No file is overwritten.")
    private @Nullable Path write;

    @Option(names = "--digest", paramLabel = "DIGEST", description = "With --write: which of several contents to write, by the beginning of its digest.")
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
        try {
            return Optional
                    .of(new LedgerHistory(ledger, PlainNames.check("project", project), revision, write, digest));
        } catch (InvalidName e) {
            throw CommandFailure.usage(e.getMessage() + ".");
        }
    }
}
