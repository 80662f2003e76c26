package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.NewConstraints;
import dev.migrationledger.agent.sql.effect.TableChanges;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.schema.Definition.Action;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Timing;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Changed_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_deferrableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_initialy_immedContext;

/** Columns and constraints as SQL declares them, gathered first because a constraint says something of its columns. */
final class TableDefinition {

    private final TableChanges table;
    private final boolean inherits;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<String> numbered = new ArrayList<>();
    private final NewConstraints constraints;

    /** @param inherits whether its columns take what they do not say from those of other tables */
    TableDefinition(TableChanges table, boolean inherits) {
        this.table = table;
        this.inherits = inherits;
        this.constraints = new NewConstraints(table);
    }

    void column(Table_column_definitionContext definition) {
        String name = ParsedNames.name(definition.identifier());
        Types type = Types.of(definition.data_type());
        columns.put(name, Column.of(type.name(), !type.serial())
                .withType(type.name(), Types.collation(definition.collate_identifier())));
        if (type.serial()) {
            numbered.add(name);
        }
        definition.constraint_common().forEach(constraint -> constraint(constraint, name));
    }

    /** @param column whose constraint it is; absent: the table's */
    void constraint(Constraint_commonContext constraint, @Nullable String column) {
        String name = constraint.identifier() == null ? null : ParsedNames.name(constraint.identifier());
        Constr_bodyContext body = constraint.constr_body();
        if (body.PRIMARY() != null) {
            List<String> over = over(body, column);
            over.forEach(this::notNull);
            keys(ConstraintType.PRIMARY_KEY, name, over, constraint);
        } else if (body.UNIQUE() != null) {
            keys(ConstraintType.UNIQUE, name, over(body, column), constraint);
        } else if (body.REFERENCES() != null) {
            List<String> over = body.col_period != null
                    ? lasts(body.col_period.schema_qualified_name())
                    : of(column);
            Action update = Action.NO_ACTION;
            Action delete = Action.NO_ACTION;
            for (Changed_actionContext changed : body.changed_action()) {
                Action action = Action.of(ParsedNames.text(changed.action()));
                if (changed.DELETE() != null) {
                    delete = action;
                } else {
                    update = action;
                }
            }
            constraints.add(name, declared(ConstraintType.FOREIGN_KEY, over, constraint)
                    .withReferences(ParsedNames.qualified(body.schema_qualified_name()).table())
                    .withActions(update, delete, null).withTiming(timing(constraint)));
        } else if (body.CHECK() != null) {
            constraints.add(name, declared(ConstraintType.CHECK, ParsedNames.columnsIn(body.expression), constraint)
                    .withExpression(ParsedNames.text(body.expression)));
        } else if (body.EXCLUDE() != null) {
            List<String> over = body.index_column().stream()
                    .map(part -> ParsedNames.columnOrExpression(part.column)).toList();
            constraints.add(name, NewConstraints.valid(ConstraintType.EXCLUDE, over));
        } else if (column != null) {
            ofColumn(column, body);
        }
    }

    private static Constraint declared(
            ConstraintType type, List<String> columns, Constraint_commonContext constraint) {
        // The word is a part of NOT VALID.
        return NewConstraints.valid(type, columns).withValidated(constraint.VALID() == null);
    }

    private static Timing timing(Constraint_commonContext constraint) {
        return timing(constraint.table_deferrable(), constraint.table_initialy_immed());
    }

    /** Each is absent where nothing is said of it. */
    static Timing timing(@Nullable Table_deferrableContext deferrableClause,
            @Nullable Table_initialy_immedContext initially) {
        boolean deferrable = deferrableClause != null && deferrableClause.NOT() == null;
        boolean deferred = initially != null && initially.DEFERRED() != null;
        return deferred ? Timing.DEFERRED : deferrable ? Timing.DEFERRABLE : Timing.IMMEDIATE;
    }

    private void notNull(String column) {
        if (columns.computeIfPresent(column, (_, known) -> known.withNullable(false)) == null) {
            table.at().alter(table.column(column), new Alteration.NullableSet(false));
        }
    }

    private void ofColumn(String name, Constr_bodyContext body) {
        Column column = Objects.requireNonNull(columns.get(name));
        if (body.default_expr != null) {
            columns.put(name, column.withDefault(ParsedNames.text(body.default_expr)));
        } else if (body.identity_body() != null) {
            columns.put(name, column.withNullable(false)
                    .withIdentity(body.identity_body().ALWAYS() != null ? "ALWAYS" : "BY DEFAULT"));
            numbered.add(name);
        } else if (body.GENERATED() != null) {
            columns.put(name, column.withGenerated(ParsedNames.text(body.vex())));
        } else if (body.NULL() != null && body.NOT() != null) {
            notNull(name);
        }
    }

    private void keys(
            ConstraintType type, @Nullable String name, List<String> over, Constraint_commonContext constraint) {
        Constr_bodyContext body = constraint.constr_body();
        var index = body.index_parameters() == null ? null : body.index_parameters().schema_qualified_name();
        String used = index == null ? null : ParsedNames.qualified(index).name();
        if (used != null) {
            // From now on the constraint owns the index, and gives it its own name.
            table.at().drop(new ParsedNames.Qualified(table.schema(), used).of(ObjectKind.INDEX));
        }
        constraints.add(name == null ? used : name,
                NewConstraints.valid(type, used == null ? over : List.of()).withTiming(timing(constraint)));
    }

    private static List<String> over(Constr_bodyContext body, @Nullable String column) {
        return body.col_overlaps != null ? lasts(body.col_overlaps.schema_qualified_name()) : of(column);
    }

    private static List<String> of(@Nullable String column) {
        return column == null ? List.of() : List.of(column);
    }

    private static List<String> lasts(List<Schema_qualified_nameContext> names) {
        return names.stream().map(name -> ParsedNames.parts(name).getLast()).toList();
    }

    /** Says all that was gathered. */
    void done() {
        for (String name : numbered) {
            String next = table.createSequenceOf(name);
            columns.computeIfPresent(name, (_, column) -> isValued(column) ? column : column.withDefault(next));
        }
        columns.forEach((name, column) -> table.at().create(table.column(name),
                inherits || isValued(column) ? column : column.withHasDefault(false)));
        constraints.done();
    }

    private static boolean isValued(Column column) {
        return column.defaultValue() != null || column.identity() != null || column.generated() != null;
    }
}
