package dev.migrationledger.agent.capture;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.CaptureControl;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsOptions;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Which database is meant and how to answer: what the commands of this package share. */
final class CapturedOptions {

    @Mixin
    private ScriptsOptions scripts = new ScriptsOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    interface Task<T> {
        T done(CaptureControl control) throws ObservationException;
    }

    /** The scripts' configuration may name the database and the version table; it need not be there. */
    <T> Answer<T> ask(Task<T> task) {
        DatabaseTarget configured = scripts.locationIfAny()
                .map(location -> MigrationTools.of(location).database(location))
                .orElse(DatabaseTarget.UNKNOWN);
        DatabaseUrl url = database.url(configured);
        try {
            return new Answer<>(
                    url.toString(), task.done(url.capture(database.versionTable(configured))));
        } catch (ObservationException e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What came of it.
     *
     * @param database without its password
     */
    record Answer<T>(String database, T what) {}

    void print(PrintWriter out, Object report, List<String> lines) {
        output.print(out, report, () -> lines.stream().map(Paint::plain).toList());
    }
}
