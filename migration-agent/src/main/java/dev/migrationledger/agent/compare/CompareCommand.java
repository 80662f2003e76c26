package dev.migrationledger.agent.compare;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.environment.Comparison.Side;
import dev.migrationledger.contracts.environment.Comparison;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: which revisions one environment has and the other has not. */
@Command(name = "compare", description = "Compares two environments of a project, or two times of one.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Equal.",
    "1:Different revisions, or an open divergence.",
    "2:Wrong usage.",
    "3:Could not tell."})
public final class CompareCommand implements Callable<Integer> {

    @Option(names = "--ledger", paramLabel = "URL", required = true, description = "URL of the ledger: http://host:port.")
    private String ledger = "";

    @Option(names = "--project", paramLabel = "NAME", required = true, description = "Project of both environments.")
    private String project = "";

    @Parameters(index = "0", paramLabel = "LEFT", description = "Name of the first environment.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "RIGHT", description = "Name of the second environment.")
    private String right = "";

    @Option(names = "--at", paramLabel = "TIME", description = "Compares them as they were at this time, such as 2026-03-01T12:00:00Z (default: now).")
    private @Nullable String at;

    @Option(names = "--left-at", paramLabel = "TIME", description = "Takes LEFT as it was at this time (default: --at). Give LEFT and RIGHT one name to compare two times.")
    private @Nullable String leftAt;

    @Option(names = "--right-at", paramLabel = "TIME", description = "Takes RIGHT as it was at this time (default: --at).")
    private @Nullable String rightAt;

    @Option(names = "--known-at", paramLabel = "TIME", description = "Uses only what the ledger had recorded by this time (default: all that it knows).")
    private @Nullable String knownAt;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient asked = LedgerClient.at(ledger)) {
            Comparison comparison = asked.get(path(), Comparison.class);
            output.print(spec.commandLine().getOut(), comparison,
                    new ComparisonText(asAsked(comparison), Paint.forTerminal())::lines);
            return switch (comparison.relation()) {
                case EQUAL -> !comparison.divergences().isEmpty()
                        ? ExitCode.FINDINGS
                        : comparison.schemaForms() == null ? ExitCode.OK : ExitCode.UNKNOWN;
                case LEFT_BEHIND, RIGHT_BEHIND, FORKED -> ExitCode.FINDINGS;
                case UNKNOWN -> ExitCode.UNKNOWN;
            };
        }
    }

    private String path() {
        TypedNames.check("project", project);
        TypedNames.check("environment", left);
        TypedNames.check("environment", right);
        return "/api/v1/projects/%s/compare?left=%s&right=%s%s%s%s%s".formatted(project, left, right,
                parameter("at", "--at", at), parameter("leftAt", "--left-at", leftAt),
                parameter("rightAt", "--right-at", rightAt), parameter("knownAt", "--known-at", knownAt));
    }

    private static String parameter(String name, String option, @Nullable String text) {
        return text == null
                ? ""
                : "&%s=%s".formatted(name, URLEncoder.encode(instant(option, text).toString(), StandardCharsets.UTF_8));
    }

    private static Instant instant(String option, String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException e) {
            throw CommandFailure.usage(
                    "%s '%s' is not a time; write 2026-03-01T12:00:00Z or 2026-03-01T13:00:00+01:00."
                            .formatted(option, text));
        }
    }

    /** For people each side is called by its time, too, if the times differ. */
    private Comparison asAsked(Comparison it) {
        return Objects.equals(leftAt, rightAt)
                ? it
                : new Comparison(it.project(), named(it.left(), leftAt), named(it.right(), rightAt), it.relation(),
                        it.onlyLeft(), it.onlyRight(), it.both(), it.mergeBase(), it.schemaForms(), it.divergences());
    }

    private Side named(Side side, @Nullable String of) {
        String time = of == null ? at : of;
        return new Side(side.environment() + (time == null ? " now" : " at " + time.strip()), side.rows(), side.heads(),
                side.unknownRows(), side.observedAt());
    }
}
