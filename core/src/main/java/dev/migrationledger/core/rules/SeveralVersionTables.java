package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.VersionTables;
import dev.migrationledger.core.situation.ResolvedRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reports a second version table of the same scripts: the doctor may judge the wrong one. If an option chose a table that the tool does
 * not write, the plan has no commands.
 */
final class SeveralVersionTables implements Rule {

    /** Tables that a message names; evidence has more. */
    private static final int MOST_TABLES = 3;

    @Override
    public DivergenceCode code() {
        return DivergenceCode.SEVERAL_VERSION_TABLES;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        VersionTables tables = c.seen().versionTables();
        ScriptsSeen scripts = c.seen().scripts();
        ResolvedRows rows = c.rows();
        if (scripts == null || rows == null) {
            return List.of();
        }
        String written = rows.table().written();
        List<OtherVersionTable> others = tables == null
                ? List.of()
                : tables.others().stream().filter(other -> isOf(scripts, other)).toList();
        if (others.isEmpty() && written == null) {
            return List.of();
        }
        List<ObjectName> alike = alike(c.seen().schema(), others);
        String checked = rows.table().name();
        List<Exhibit> evidence = new ArrayList<>();
        others.stream().limit(MessageText.MOST_NAMED)
                .map(other -> "%s is a version table of the same scripts, at %s.".formatted(other.name(),
                        MessageText.set(Objects.requireNonNull(other.rows()))))
                .map(Exhibit::detail).forEach(evidence::add);
        if (!alike.isEmpty()) {
            evidence.add(Exhibit.detail("Other schemas have %s of the same name: %s.".formatted(
                    alike.size() == 1 ? "a table" : "tables", MessageText.objects(alike))));
        }
        // One of another name in the same schema is a copy: the configuration says the name, or the doctor would have asked.
        boolean copies = rows.areThere() && others.stream().allMatch(other -> isBeside(rows.table(), other));
        boolean chosen = written != null || copies || (tables != null && tables.chosen());
        if (!chosen) {
            evidence.add(Exhibit.advice("Name the right one with --version-table-schema."));
        }
        others.stream().limit(MessageText.MOST_NAMED)
                .forEach(other -> evidence.add(new Exhibit(Exhibit.What.TABLE, other.name())));
        alike.stream().limit(MessageText.MOST_NAMED).forEach(table -> evidence.add(Exhibit.object(table)));
        String message = written != null
                ? "%s is checked, but Alembic writes %s with this configuration.".formatted(checked, written)
                : "%s is checked, but these scripts have %s: %s.".formatted(checked,
                        others.size() == 1
                                ? "another version table"
                                : Count.of(others.size(), "other version table"),
                        ListText.and(others.stream().map(OtherVersionTable::name).toList(), MOST_TABLES));
        return List.of(new Finding(DivergenceCode.SEVERAL_VERSION_TABLES,
                chosen && rows.areThere() && written == null ? Severity.INFO : Severity.WARNING, "",
                message, evidence,
                written == null ? List.of() : c.plan(DivergenceCode.SEVERAL_VERSION_TABLES)));
    }

    /** A table with a row that these scripts know. */
    private static boolean isOf(ScriptsSeen scripts, OtherVersionTable other) {
        return other.rows() != null && other.rows().stream().anyMatch(scripts.graph()::contains);
    }

    private static boolean isBeside(VersionTable checked, OtherVersionTable other) {
        return checked.name().startsWith(other.schema() + ".");
    }

    /** Tables of the other schemas that are called like one of the schema that is judged. */
    private static List<ObjectName> alike(@Nullable SchemaSeen schema, List<OtherVersionTable> others) {
        if (schema == null || schema.defaultSchema() == null) {
            return List.of();
        }
        List<ObjectName> tables = schema.snapshot().objects().stream().map(SchemaObject::object)
                .filter(object -> object.kind() == ObjectKind.TABLE).toList();
        Set<String> here = new HashSet<>();
        tables.stream().filter(table -> schema.defaultSchema().equals(table.schema())).map(ObjectName::name)
                .forEach(here::add);
        Set<String> schemas = new HashSet<>();
        others.forEach(other -> schemas.add(other.schema()));
        schemas.remove(schema.defaultSchema());
        return tables.stream()
                .filter(table -> schemas.contains(String.valueOf(table.schema())) && here.contains(table.name()))
                .toList();
    }
}
