package dev.migrationledger.agent.capture;

import dev.migrationledger.agent.capture.CapturedOptions.Answer;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.database.capture.CaptureStatus;
import dev.migrationledger.agent.database.capture.CaptureStatus.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code capture status}. */
@Command(name = "status", description = "Shows whether changes of the version table are captured, and how many are not delivered yet.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Healthy.",
    "1:Not installed, or not healthy.",
    "2:Wrong usage.",
    "3:Could not tell."})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private CapturedOptions options = new CapturedOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    /** The report of the state of capture. */
    record Report(String database, boolean healthy, CaptureStatus capture) {}

    @Override
    public Integer call() {
        Answer<CaptureStatus> answer = options.ask(control -> control.status());
        CaptureStatus status = answer.what();
        options.print(
                spec.commandLine().getOut(), new Report(answer.database(), status.healthy(), status),
                lines(answer.database(), status));
        return status.healthy() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static List<String> lines(String database, CaptureStatus status) {
        List<String> lines = new ArrayList<>();
        lines.add("database        " + database);
        lines.add("capture         " + (status.version() == null
                ? "not installed"
                : "version %d, of role %s".formatted(status.version(), status.owner())));
        for (Watched watched : status.versionTables()) {
            lines.add("version table   %s.%s: %s".formatted(watched.schema(), watched.table(),
                    switch (watched.trigger()) {
                        case ALWAYS -> "captured in every session";
                        case ENABLED -> "captured, except in sessions with session_replication_role = replica";
                        case DISABLED -> "not captured, its trigger is disabled";
                        case DETACHED -> "not captured, it has no trigger";
                        case NO_TABLE -> "does not exist yet";
                    }));
        }
        if (status.version() != null) {
            lines.add("event triggers  " + (status.eventTriggers()
                    ? "record which objects change"
                    : "none: changed objects are not recorded"));
        }
        if (status.undelivered() != null) {
            lines.add("undelivered     %d of at most %s%s".formatted(
                    status.undelivered(), status.keep(),
                    status.oldest() == null ? "" : ", the oldest from " + status.oldest()));
        }
        status.complaints().forEach(complaint -> lines.add("! " + complaint));
        return lines;
    }
}
