package dev.migrationledger.agent.audit;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryRefusal;
import dev.migrationledger.core.query.QueryProblem;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: who did what. */
@Command(name = "audit", description = "Finds what a ledger recorded: who did what, where and when.", mixinStandardHelpOptions = true, subcommands = VerifyCommand.class, exitCodeList = {
    "0:Entries were found.",
    "1:No entry was found in everything that was searched.",
    "2:Wrong usage, or a mistake in the query.",
    "3:The ledger cannot be reached, or forbids it."}, footer = {
        "",
        "A query has conditions that all have to hold; '-' before one excludes it.",
        "Who: actor, actor-kind, ai, agent, user, application, address, run.",
        "What: kind, revision, evidence, object, source, code, id, position.",
        "Where: project, environment, label. When: since, until, at, recorded.",
        "Times: monday, yesterday, last-week, 7d, 2026-11-01, 2026-11-01..2026-11-07.",
        "Other words are searched in all texts.",
        "",
        "Examples:",
        "  migration-agent audit kind:stamped env:production at:last-week \\",
        "      --ledger http://ledger:8080",
        "  migration-agent audit --export csv since:30d -kind:schema \\",
        "      --ledger http://ledger:8080 > audit.csv"})
public final class AuditCommand implements Callable<Integer> {

    private static final int MOST = 1_000;

    @Parameters(arity = "0..*", paramLabel = "QUERY", description = "What to find (default: everything).")
    private List<String> words = new ArrayList<>();

    @Option(names = "--ledger", paramLabel = "URL", description = "URL of the ledger: http://host:port.")
    private @Nullable String ledger;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "Entries to show, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--before", paramLabel = "N", description = "Shows only entries before this position.")
    private @Nullable Long before;

    @Option(names = "--export", paramLabel = "csv|ndjson|json", description = "Writes all entries to the output, with a manifest as the last line.")
    private @Nullable ExportFormat export;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    /** What an export is written in. */
    enum ExportFormat {
        csv,
        ndjson,
        json
    }

    @Override
    public Integer call() {
        // Words with '-' are conditions, so picocli takes a misspelled option for one.
        words.stream().filter(word -> word.startsWith("--")).findFirst().ifPresent(word -> {
            throw CommandFailure.usage("Unknown option: '%s'".formatted(word.split("[=\\s]", 2)[0]));
        });
        if (ledger == null) {
            throw CommandFailure.usage("--ledger URL is missing; add it.");
        }
        if (limit < 1 || limit > MOST) {
            throw CommandFailure.usage("--limit is %d; use 1 to %d.".formatted(limit, MOST));
        }
        AuditQuestions questions = new AuditQuestions(String.join(" ", words), ZoneId.systemDefault());
        try (LedgerClient client = LedgerClient.at(ledger)) {
            return export == null
                    ? find(client, questions)
                    : export(client, questions, export);
        } catch (QueryMistakes mistakes) {
            return refused(mistakes.refusal());
        }
    }

    private int find(LedgerClient client, AuditQuestions questions) throws QueryMistakes {
        AuditPage page = questions.find(client, before, limit);
        output.print(spec.commandLine().getOut(), page,
                () -> new AuditText(page, ZoneId.systemDefault(), Paint.forTerminal(), Screen.of(spec)).lines());
        return page.entries().isEmpty() ? ExitCode.FINDINGS : ExitCode.OK;
    }

    private int export(LedgerClient client, AuditQuestions questions, ExportFormat format) throws QueryMistakes {
        // A file has no place for mistakes.
        boolean found = !questions.find(client, null, 1).entries().isEmpty();
        questions.export(client, format.name(), System.out);
        return found ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private int refused(QueryRefusal refusal) {
        PrintWriter err = spec.commandLine().getErr();
        for (QueryRefusal.Mistake mistake : refusal.mistakes()) {
            ErrorLines.print(err, mistake.sentence());
            QueryProblem.pointedAt(Paint.plain(refusal.query()), mistake.from(), mistake.to()).lines()
                    .forEach(line -> err.println("  " + line));
        }
        return ExitCode.USAGE;
    }
}
