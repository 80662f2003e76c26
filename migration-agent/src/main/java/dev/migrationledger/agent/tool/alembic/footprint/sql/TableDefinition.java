package dev.migrationledger.agent.tool.alembic.footprint.sql;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.Changes;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.NewConstraints;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges;
import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges.Constraint;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;

/** Columns and constraints as SQL declares them, gathered first because a constraint says something of its columns. */
final class TableDefinition {

    private final TableChanges table;
    private final Changes.At at;
    private final boolean inherits;
    private final Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    private final List<String> numbered = new ArrayList<>();
    private final NewConstraints constraints;

    /** @param inherits whether its columns take what they do not say from those of other tables */
    TableDefinition(TableChanges table, Changes.At at, boolean inherits) {
        this.table = table;
        this.at = at;
        this.inherits = inherits;
        this.constraints = new NewConstraints(table);
    }

    void column(Table_column_definitionContext definition) {
        String name = Words.name(definition.identifier());
        Types type = Types.of(definition.data_type());
        Map<String, String> properties = new TreeMap<>();
        properties.put("type", type.name());
        properties.put("nullable", "true");
        columns.put(name, properties);
        if (type.serial()) {
            numbered.add(name);
            properties.put("nullable", "false");
        }
        definition.constraint_common().forEach(constraint -> constraint(constraint, name));
    }

    /** @param column whose constraint it is; absent: the table's */
    void constraint(Constraint_commonContext constraint, @Nullable String column) {
        String name = constraint.identifier() == null ? null : Words.name(constraint.identifier());
        Constr_bodyContext body = constraint.constr_body();
        if (body.PRIMARY() != null) {
            List<String> over = over(body, column);
            over.forEach(this::notNull);
            keys(Constraint.PRIMARY_KEY, name, over, constraint);
        } else if (body.UNIQUE() != null) {
            keys(Constraint.UNIQUE, name, over(body, column), constraint);
        } else if (body.REFERENCES() != null) {
            String references = Words.text(body.schema_qualified_name());
            List<String> over = body.col_period != null
                    ? lasts(body.col_period.schema_qualified_name())
                    : of(column);
            Map<String, String> properties = new TreeMap<>(Map.of(
                    "references", references, "ondelete", "NO ACTION", "onupdate", "NO ACTION", "timing",
                    timing(constraint)));
            body.changed_action().forEach(changed -> properties.put(
                    changed.DELETE() != null ? "ondelete" : "onupdate", Words.text(changed.action())));
            constraints.add(Constraint.FOREIGN_KEY, name, over, with(constraint, properties));
        } else if (body.CHECK() != null) {
            constraints.add(
                    Constraint.CHECK,
                    name,
                    Words.columnsIn(body.expression),
                    with(constraint, Map.of("expression", Words.text(body.expression))));
        } else if (body.EXCLUDE() != null) {
            List<String> over = body.index_column().stream()
                    .map(part -> Words.columnOrExpression(part.column)).toList();
            constraints.add(Constraint.EXCLUDE, name, over, Map.of());
        } else if (column != null) {
            ofColumn(column, body);
        }
    }

    private static String timing(Constraint_commonContext constraint) {
        boolean deferrable = constraint.table_deferrable() != null && constraint.table_deferrable().NOT() == null;
        boolean deferred = constraint.table_initialy_immed() != null
                && constraint.table_initialy_immed().DEFERRED() != null;
        return deferred ? "DEFERRED" : deferrable ? "DEFERRABLE" : "IMMEDIATE";
    }

    private static Map<String, String> with(Constraint_commonContext constraint, Map<String, String> properties) {
        if (constraint.VALID() == null) {
            return properties;
        }
        Map<String, String> more = new TreeMap<>(properties);
        more.put("validated", "false");
        return more;
    }

    private void notNull(String column) {
        Map<String, String> properties = columns.get(column);
        if (properties != null) {
            properties.put("nullable", "false");
        } else {
            at.alter(table.column(column), Map.of("nullable", "false"));
        }
    }

    private void ofColumn(String column, Constr_bodyContext body) {
        Map<String, String> properties = Objects.requireNonNull(columns.get(column));
        if (body.default_expr != null) {
            properties.put("default", Words.text(body.default_expr));
        } else if (body.identity_body() != null) {
            properties.put("identity", body.identity_body().ALWAYS() != null ? "always" : "by default");
            properties.put("nullable", "false");
            numbered.add(column);
        } else if (body.GENERATED() != null) {
            properties.put("generated", Words.text(body.vex()));
        } else if (body.NULL() != null && body.NOT() != null) {
            properties.put("nullable", "false");
        }
    }

    private void keys(Constraint kind, @Nullable String name, List<String> over, Constraint_commonContext constraint) {
        Constr_bodyContext body = constraint.constr_body();
        Map<String, String> properties = Map.of("timing", timing(constraint));
        var index = body.index_parameters() == null ? null : body.index_parameters().schema_qualified_name();
        if (index != null) {
            // From now on the constraint owns the index, and gives it its own name.
            Words.Qualified used = Words.qualified(index);
            at.drop(new Words.Qualified(table.schema(), used.name())
                    .of(ObjectKind.INDEX));
            constraints.add(kind, name == null ? used.name() : name, List.of(), properties);
        } else {
            constraints.add(kind, name, over, properties);
        }
    }

    private static List<String> over(Constr_bodyContext body, @Nullable String column) {
        return body.col_overlaps != null ? lasts(body.col_overlaps.schema_qualified_name()) : of(column);
    }

    private static List<String> of(@Nullable String column) {
        return column == null ? List.of() : List.of(column);
    }

    private static List<String> lasts(List<Schema_qualified_nameContext> names) {
        return names.stream().map(name -> Words.parts(name).getLast()).toList();
    }

    /** Says all that was gathered. */
    void done() {
        for (String column : numbered) {
            String next = table.createSequenceOf(column);
            Map<String, String> properties = Objects.requireNonNull(columns.get(column));
            if (!properties.containsKey("identity")) {
                properties.putIfAbsent("default", next);
            }
        }
        columns.values().stream().filter(properties -> !inherits
                && Stream.of("default", "identity", "generated").noneMatch(properties::containsKey))
                .forEach(properties -> properties.put("hasDefault", "false"));
        columns.forEach(table::createColumn);
        constraints.done();
    }
}
