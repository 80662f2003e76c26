package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.situation.Observations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tool writes another version table than the judged one: no command is safe until a person decides which is right. */
final class OtherTableWritten {

    private OtherTableWritten() {}

    /** The step to take before any command; absent if the tool writes the judged table, or if that is unknown. */
    static @Nullable PlanStep step(Observations seen) {
        VersionTable seenTable = seen.versionTable();
        String written = seenTable == null ? null : seenTable.written();
        if (seenTable == null || written == null || seen.scripts() == null) {
            return null;
        }
        String checked = seenTable.name();
        int dot = checked.indexOf('.');
        String table = checked.substring(dot + 1);
        String schema = dot < 0 ? null : checked.substring(0, dot);
        List<String> arguments = new ArrayList<>();
        if (!written.endsWith("." + table)) {
            arguments.add("version_table='%s'".formatted(table));
        }
        if (schema != null && !written.startsWith(schema + ".")) {
            arguments.add("version_table_schema='%s'".formatted(schema));
        }
        return new PlanStep(null,
                "Decide which version table is right before you run any command: Alembic writes %s, not %s."
                        .formatted(written, checked),
                "The doctor no longer reports that Alembic writes another table.",
                List.of("If %s is right, give context.configure in env.py %s%s, then check again.".formatted(checked,
                        ListText.and(arguments),
                        written.endsWith("." + table) ? ", or change the search path" : ""),
                        "If %s is right, check again without the options that name %s.".formatted(written, checked)));
    }
}
