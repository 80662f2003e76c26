package dev.migrationledger.agent.capture;

import dev.migrationledger.agent.capture.CapturedOptions.Answer;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.database.capture.CaptureRemoval;
import dev.migrationledger.contracts.text.Count;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code capture uninstall}. */
@Command(name = "uninstall", description = "Removes everything that 'capture install' created, and nothing else.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Capture is not installed now.",
    "1:Nothing removed, because captured changes are not delivered yet. Give --yes to discard them.",
    "2:Wrong usage.",
    "3:Nothing removed."})
final class UninstallCommand implements Callable<Integer> {

    @Mixin
    private CapturedOptions options = new CapturedOptions();

    @Option(names = "--yes", description = "Discards captured changes that have not been delivered.")
    private boolean yes;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    /**
     * The report of a removal.
     *
     * @param undelivered changes that no ledger had; absent where nothing was installed
     */
    record Report(String database, boolean removed, @Nullable Long undelivered) {}

    @Override
    public Integer call() {
        Answer<CaptureRemoval> answer = options.ask(control -> control.uninstall(yes));
        String database = answer.database();
        return switch (answer.what()) {
            case CaptureRemoval.NothingThere() ->
                result(ExitCode.OK, new Report(database, false, null), "Capture is not installed in " + database + ".");
            case CaptureRemoval.Removed(long undelivered) -> result(
                    ExitCode.OK, new Report(database, true, undelivered),
                    "Removed capture from %s%s.".formatted(database,
                            undelivered == 0
                                    ? ""
                                    : ", and %s with it".formatted(Count.of(undelivered, "captured change"))));
            case CaptureRemoval.Kept(long undelivered) -> result(
                    ExitCode.FINDINGS, new Report(database, false, undelivered),
                    "%s of %s %s not delivered to a ledger yet, so nothing was removed. Run an agent to deliver them, or discard them with --yes."
                            .formatted(Count.of(undelivered, "captured change"), database,
                                    undelivered == 1 ? "is" : "are"));
        };
    }

    private int result(int exitCode, Report report, String line) {
        options.print(spec.commandLine().getOut(), report, List.of(line));
        return exitCode;
    }
}
