package dev.migrationledger.agent.capture;

import dev.migrationledger.agent.capture.CapturedOptions.Answer;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.database.capture.CaptureInstallation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code capture install}. */
@Command(name = "install", description = "Creates a trigger on the version table, and event triggers if the role is a superuser.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Installed.",
    "1:Installed, but there is no version table to watch yet.",
    "2:Wrong usage.",
    "3:Not installed."}, footer = {
        "",
        "Puts everything into the schema migration_ledger, in one transaction that waits for no migration.",
        "Run it again at any time to upgrade, to add another version table, or to restore what is missing."})
final class InstallCommand implements Callable<Integer> {

    private static final int FEWEST = 100;
    private static final int MOST = 10_000_000;

    @Mixin
    private CapturedOptions options = new CapturedOptions();

    @Option(names = "--reader", paramLabel = "ROLE", description = "A role that may read captured changes, usually the one of the agent; repeatable. The installing role may always read them.")
    private List<String> readers = new ArrayList<>();

    @Option(names = "--keep", paramLabel = "N", description = "How many undelivered changes to keep, from 100 to 10000000; the oldest go first (default: as installed, initially 10000).")
    private @Nullable Integer keep;

    @Option(names = "--owner", paramLabel = "ROLE", description = "The role that owns capture; its code runs with your rights (default: the role that connects). As a superuser, give a role without rights that cannot log in.")
    private @Nullable String owner;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    /** The report of an install. */
    record Report(String database, CaptureInstallation installed) {}

    @Override
    public Integer call() {
        if (keep != null && (keep < FEWEST || keep > MOST)) {
            throw CommandFailure
                    .usage("--keep %d is not valid; use %d to %d.".formatted(keep, FEWEST, MOST));
        }
        Answer<CaptureInstallation> answer = options.ask(control -> control.install(List.copyOf(readers), keep, owner));
        CaptureInstallation installed = answer.what();
        options.print(
                spec.commandLine().getOut(), new Report(answer.database(), installed),
                lines(answer.database(), installed));
        return installed.attached() || installed.eventTriggers() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static List<String> lines(String database, CaptureInstallation installed) {
        List<String> lines = new ArrayList<>();
        lines.add("database        " + database);
        lines.add("capture         version %d %s".formatted(
                installed.version(),
                installed.before() == null
                        ? "installed"
                        : installed.before() == installed.version()
                                ? "is already installed and complete"
                                : "replaces version " + installed.before()));
        lines.add("version table   " + (installed.attached()
                ? "every change is captured"
                : installed.eventTriggers()
                        ? "does not exist yet; captured from its first row"
                        : "does not exist yet; run 'capture install' again when it exists"));
        lines.add("event triggers  " + (installed.noEventTriggers() == null
                ? "record which objects change"
                : "none: only a superuser may create them, so changed objects are not recorded (%s)"
                        .formatted(installed.noEventTriggers())));
        return lines;
    }
}
