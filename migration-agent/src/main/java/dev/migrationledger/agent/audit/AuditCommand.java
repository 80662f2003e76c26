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
    "2:Wrong usage, a mistake in the query, or nothing found with an unknown name.",
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

    @Option(names = "--long", description = "Shows labels, objects, run, agent, times and links of each entry, too.")
    private boolean all;

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
                () -> new AuditText(page, ZoneId.systemDefault(), Paint.forTerminal(), Screen.of(spec), all).lines());
        warn(page, questions.query());
        return exitCode(page);
    }

    /** Who reads nothing but the code must not take a slip of the fingers for news. */
    private static int exitCode(AuditPage page) {
        return !page.entries().isEmpty()
                ? ExitCode.OK
                : page.warnings().isEmpty() ? ExitCode.FINDINGS : ExitCode.USAGE;
    }

    private int export(LedgerClient client, AuditQuestions questions, ExportFormat format) throws QueryMistakes {
        // A file has no place for mistakes.
        AuditPage first = questions.find(client, null, 1);
        warn(first, questions.query());
        questions.export(client, format.name(), System.out);
        return exitCode(first);
    }

    /** The answer is right, but not to the question that was to be asked. */
    private void warn(AuditPage page, String query) {
        page.warnings().forEach(warning -> point(query, warning.sentence(), warning.from(), warning.to()));
    }

    private int refused(QueryRefusal refusal) {
        refusal.mistakes()
                .forEach(mistake -> point(refusal.query(), mistake.sentence(), mistake.from(), mistake.to()));
        return ExitCode.USAGE;
    }

    private void point(String query, String sentence, int from, int to) {
        PrintWriter err = spec.commandLine().getErr();
        ErrorLines.print(err, sentence);
        QueryProblem.pointedAt(Paint.plain(query), from, to).lines().forEach(line -> err.println("  " + line));
    }
}
