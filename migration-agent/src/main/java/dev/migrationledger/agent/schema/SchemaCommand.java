package dev.migrationledger.agent.schema;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.schema.SchemaReport.Compared;
import dev.migrationledger.agent.schema.SchemaReport.One;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code schema}: what a database consists of, or how two differ. */
@Command(name = "schema", description = "Shows the schema of a database, or compares the schemas of two databases.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Shown, or equal.",
    "1:Different.",
    "2:Wrong usage.",
    "3:Could not tell."})
public final class SchemaCommand implements Callable<Integer> {

    @Mixin
    private final ScriptsOptions scripts = new ScriptsOptions();

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--schema", paramLabel = "NAME", description = "A schema to read; repeatable (default: all but the server's own).")
    private List<String> schemas = new ArrayList<>();

    @Option(names = "--compare", paramLabel = "URL", description = "A second database. Shows what to change in the first to get the second.")
    private @Nullable String other;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        DatabaseTarget configured = scripts.locationIfAny()
                .map(location -> MigrationTools.of(location).database(location))
                .orElse(DatabaseTarget.UNKNOWN);
        VersionTableName table = database.versionTableChoice(configured).name();
        DatabaseUrl left = database.url(configured);
        DatabaseUrl right = other == null ? null : Databases.parse(other, "--compare", System.getenv());
        SchemaSnapshot before = read(left, table);
        if (right == null) {
            demand(List.of(before));
            show(new One(left.toString(), before.fingerprint(), before.objects()));
            return ExitCode.OK;
        }
        SchemaSnapshot after = read(right, table);
        demand(List.of(before, after));
        SchemaDifference difference = SchemaDifference.between(before, after);
        show(new Compared(left.toString(), before.fingerprint(), right.toString(), after.fingerprint(), difference));
        return difference.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private SchemaSnapshot read(DatabaseUrl url, VersionTableName table) {
        try {
            return url.schema(table, new SchemaScope(schemas));
        } catch (ObservationException e) {
            throw CommandFailure.unknown(String.valueOf(e.getMessage()));
        }
    }

    /** A name that is nowhere is a slip of the pen, and no empty schema. */
    private void demand(List<SchemaSnapshot> snapshots) {
        for (String schema : schemas) {
            if (snapshots.stream().flatMap(snapshot -> snapshot.objects().stream()).noneMatch(
                    object -> object.object().kind() == ObjectKind.SCHEMA && object.object().name().equals(schema))) {
                throw CommandFailure.usage(
                        "The database has no schema '%s'. Write the name without quotes, with the same capital letters."
                                .formatted(schema));
            }
        }
    }

    private void show(SchemaReport report) {
        output.print(spec.commandLine().getOut(), report, () -> new SchemaText(Paint.forTerminal()).lines(report));
    }
}
