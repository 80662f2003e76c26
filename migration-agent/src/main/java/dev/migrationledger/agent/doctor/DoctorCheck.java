package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.doctor.MissingInput.What;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.core.rules.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One examination of the scripts and the database that options name. */
public final class DoctorCheck {

    private DoctorCheck() {}

    /** The report; fails with wrong usage if nothing is named. */
    public static DoctorReport report(ScriptsOptions scripts, DatabaseOptions database) throws InterruptedException {
        try (Examiner examiner = examiner(scripts, database, List.of())) {
            Examination examination = examiner.look();
            return DoctorReport.of(examination, Diagnosis.of(examination.observations()));
        }
    }

    /** @param schemas to check; none: all but the server's own */
    static Examiner examiner(ScriptsOptions scripts, DatabaseOptions database, List<String> schemas) {
        ScriptsLocation location = scripts.locationIfAny().orElse(null);
        List<MissingInput> unseen = new ArrayList<>();
        ProjectScripts project = null;
        DatabaseTarget configured = DatabaseTarget.UNKNOWN;
        if (location != null) {
            MigrationTool tool = MigrationTools.of(location);
            project = new ProjectScripts(tool, location);
            // Scripts that are named and not there are wrong usage; later, in a watch, they are only out of sight.
            project.readFirst();
            configured = tool.database(location);
        }
        DatabaseUrl url = url(database, configured, unseen);
        if (location == null && url == null && unseen.isEmpty()) {
            throw CommandFailure.usage(
                    "There is nothing to check: name the scripts with --config FILE or --scripts DIR, or the database with --database URL.");
        }
        String unnamed = url == null && unseen.isEmpty() ? database.unnamed(configured).orElse(null) : null;
        return new Examiner(project, url, unnamed, database.versionTableChoice(configured), new SchemaScope(schemas),
                unseen);
    }

    private static @Nullable DatabaseUrl url(
            DatabaseOptions database, DatabaseTarget configured, List<MissingInput> unseen) {
        try {
            return database.urlIfAny(configured).orElse(null);
        } catch (CommandFailure e) {
            if (database.isGiven()) {
                throw e;
            }
            // What a configuration says is no typing mistake of whoever asks.
            unseen.add(new MissingInput(What.DATABASE, String.valueOf(e.getMessage())));
            return null;
        }
    }
}
