package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.TableChanges;
import dev.migrationledger.agent.sql.postgresql.ParsedNames.Qualified;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.QueryLiterals;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** CREATE, and what the grammar has beside it. */
final class Creating {

    /** Where temporary objects are. */
    private static final String TEMPORARY = "pg_temp";

    /** What INCLUDING ALL takes along, of what is compared. */
    private static final List<String> COPIED = List.of("CONSTRAINTS", "DEFAULTS", "GENERATED", "IDENTITY", "INDEXES");

    private Creating() {}

    static void read(Schema_createContext statement, Changes.At at) {
        ParserRuleContext what = SqlStatement.only(statement);
        String text = ParsedNames.text(statement);
        switch (what) {
            case Create_table_statementContext table -> table(table, at);
            case Create_table_as_statementContext as -> {
                boolean temporary = as.TEMP() != null || as.TEMPORARY() != null;
                fromQuery(where(as.name, temporary), QueryColumns.of(as), at.only(as.if_not_exists() != null));
            }
            case Create_foreign_table_statementContext foreign -> {
                Changes.At here = at.only(foreign.if_not_exists() != null);
                Qualified name = ParsedNames.qualified(foreign.name);
                here.create(name.table());
                if (foreign.define_columns() != null) {
                    columns(foreign.define_columns(), name, here);
                }
            }
            case Create_index_statementContext index -> index(index, at);
            case Create_view_statementContext view -> {
                ObjectKind kind = view.MATERIALIZED() != null ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW;
                boolean temporary = view.TEMP() != null || view.TEMPORARY() != null;
                ObjectName name = where(view.name, temporary).of(kind);
                List<String> names = ViewColumns.of(view);
                String query = view.v_query == null ? null : ParsedNames.text(view.v_query);
                QueryLiterals literals = query == null ? null : QueryTexts.of(query);
                if (view.MATERIALIZED() != null) {
                    at.only(view.if_not_exists() != null)
                            .create(name, new Definition.MaterializedView(names, null, literals, query));
                } else if (view.REPLACE() != null) {
                    at.replace(name, new Definition.View(names, null, literals, query));
                } else {
                    at.create(name, new Definition.View(names, null, literals, query));
                }
            }
            case Create_type_statementContext type -> type(type, at);
            case Create_domain_statementContext domain -> at.create(
                    ParsedNames.qualified(domain.name).of(ObjectKind.DOMAIN),
                    Definition.Domain.of(Types.of(domain.dat_type).name()));
            case Create_sequence_statementContext sequence -> {
                boolean temporary = sequence.TEMP() != null || sequence.TEMPORARY() != null;
                Qualified name = where(sequence.name, temporary);
                at.only(sequence.if_not_exists() != null).create(name.of(ObjectKind.SEQUENCE),
                        Definition.Sequence.ownedBy(SequenceStatements.owner(name, sequence.sequence_body())));
            }
            case Create_schema_statementContext schema -> {
                if (schema.name == null) {
                    at.unknown(text, new UnknownStatement(Statement.SCHEMA_OF_USER));
                } else {
                    at.only(schema.if_not_exists() != null).create(
                            new Qualified(null, ParsedNames.name(schema.name)).of(ObjectKind.SCHEMA));
                }
            }
            case Create_extension_statementContext extension -> at.only(extension.if_not_exists() != null).create(
                    new Qualified(null, ParsedNames.name(extension.name)).of(ObjectKind.EXTENSION));
            // Where the name is taken the object is replaced: afterwards it is there, whatever was before.
            case Create_function_statementContext function when function.REPLACE() != null -> at.replace(
                    FunctionNames.name(function.function_parameters()), FunctionNames.definition(text));
            case Create_function_statementContext function -> at.create(
                    FunctionNames.name(function.function_parameters()), FunctionNames.definition(text));
            case Create_aggregate_statementContext aggregate when aggregate.function_args() != null -> at
                    .only(aggregate.REPLACE() != null)
                    .create(FunctionNames.name(aggregate.name, aggregate.function_args()));
            case Create_trigger_statementContext trigger -> at.only(trigger.REPLACE() != null).create(
                    ParsedNames.qualified(trigger.table_name).own(ObjectKind.TRIGGER, ParsedNames.name(trigger.name)),
                    new Definition.Trigger(Definition.TriggerState.ENABLED, null));
            case Create_policy_statementContext policy -> at.create(
                    ParsedNames.qualified(policy.schema_qualified_name())
                            .own(ObjectKind.POLICY, ParsedNames.name(policy.identifier())));
            case Comment_on_statementContext comment -> Comments.read(comment, at);
            case Set_statementContext set -> SqlStatement.setting(set, at);
            case Create_event_trigger_statementContext _,Rule_commonContext _,Security_labelContext _ -> {
                // Nothing that is compared.
            }
            default -> FirstWords.read(text, new UnknownStatement(Statement.OBJECT_KIND), at);
        }
    }

    /** Temporary objects live in a schema of the session's own, which is found by this name. */
    static Qualified where(Schema_qualified_nameContext name, boolean temporary) {
        Qualified qualified = ParsedNames.qualified(name);
        return temporary ? new Qualified(TEMPORARY, qualified.name()) : qualified;
    }

    private static void table(Create_table_statementContext table, Changes.At at) {
        Changes.At here = at.only(table.if_not_exists() != null);
        Qualified name = where(table.name, table.TEMP() != null || table.TEMPORARY() != null);
        Define_tableContext definition = table.define_table();
        Define_columnsContext columns = definition.define_columns();
        here.create(name.table(), new Definition.Table(
                null,
                table.partition_by() == null ? null : ParsedNames.text(table.partition_by().partition_method()),
                null,
                definition.define_partition() == null
                        ? null
                        : ParsedNames.qualified(definition.define_partition().parent_table).table(),
                null,
                columns == null || columns.INHERITS() == null ? null : parents(columns),
                isOpen(columns) ? true : null,
                columns == null ? null : like(columns)));
        if (columns != null) {
            columns(columns, name, here);
        }
    }

    /** Whether some of a table's parts are those of a type, of its parents, or of a table that it is like. */
    private static boolean isOpen(@Nullable Define_columnsContext columns) {
        return columns == null || columns.INHERITS() != null
                || columns.table_column_def().stream().anyMatch(part -> part.LIKE() != null);
    }

    /** Absent: the table is like no other, or like several. */
    private static Definition.@Nullable Source like(Define_columnsContext columns) {
        List<Table_column_defContext> likes = columns.table_column_def().stream().filter(part -> part.LIKE() != null)
                .toList();
        if (likes.size() != 1) {
            return null;
        }
        Set<String> including = new TreeSet<>();
        for (Like_optionContext option : likes.getFirst().like_option()) {
            List<String> what = option.ALL() != null
                    ? COPIED
                    : List.of(option.getStop().getText().toUpperCase(Locale.ROOT));
            if (option.INCLUDING() != null) {
                including.addAll(what);
            } else {
                what.forEach(including::remove);
            }
        }
        including.retainAll(COPIED);
        return new Definition.Source(ParsedNames.qualified(likes.getFirst().schema_qualified_name()).table(),
                List.copyOf(including), null);
    }

    /** A new table that a query fills. */
    static void fromQuery(Qualified name, QueryColumns query, Changes.At at) {
        at.create(name.table(), Definition.Table.OPEN.withSource(query.source()));
        TableChanges table = new TableChanges(at, name.schema(), name.name());
        query.computed().forEach(column -> at.create(table.column(column),
                Definition.Column.of(null, true).withHasDefault(false)));
    }

    private static List<ObjectName> parents(Define_columnsContext columns) {
        return columns.names_in_parens().names_references().schema_qualified_name().stream()
                .map(name -> ParsedNames.qualified(name).table()).toList();
    }

    private static void columns(Define_columnsContext columns, Qualified name, Changes.At at) {
        TableDefinition definition = new TableDefinition(
                new TableChanges(at, name.schema(), name.name()), columns.INHERITS() != null);
        for (Table_column_defContext part : columns.table_column_def()) {
            if (part.table_column_definition() != null) {
                definition.column(part.table_column_definition());
            } else if (part.tabl_constraint != null) {
                definition.constraint(part.tabl_constraint, null);
            }
        }
        definition.done();
    }

    private static void index(Create_index_statementContext index, Changes.At at) {
        Qualified table = ParsedNames.qualified(index.table_name);
        List<String> columns = index.index_rest().index_columns().index_column().stream()
                .map(part -> ParsedNames.columnOrExpression(part.column)).toList();
        Index_restContext rest = index.index_rest();
        Definition.Index definition = Definition.Index.of(null, columns, index.UNIQUE() != null)
                .withMethod(rest.method == null ? null : ParsedNames.name(rest.method))
                .withWhere(rest.index_where() == null ? null : ParsedNames.text(rest.index_where().vex()));
        String name = index.name == null ? null : ParsedNames.name(index.name);
        Changes.At here = at.only(index.if_not_exists() != null);
        new TableChanges(here, table.schema(), table.name()).createIndex(name, false, definition,
                rest.including_index() == null
                        ? List.of()
                        : rest.including_index().identifier().stream().map(ParsedNames::name).toList());
    }

    private static void type(Create_type_statementContext type, Changes.At at) {
        Qualified name = ParsedNames.qualified(type.name);
        if (type.ENUM() != null) {
            at.create(name.of(ObjectKind.ENUM),
                    Definition.EnumType.of(type.enums.stream().map(ParsedNames::constant).toList()));
        } else {
            at.create(name.of(ObjectKind.TYPE));
        }
    }
}
