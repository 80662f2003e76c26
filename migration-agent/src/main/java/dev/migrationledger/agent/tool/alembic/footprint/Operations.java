package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.agent.sql.postgresql.Placeholders;
import dev.migrationledger.agent.tool.alembic.footprint.NamingConvention.Given;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Aspect;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.ComputedArgument;
import dev.migrationledger.contracts.unread.OperationReason.ForeignOperation;
import dev.migrationledger.contracts.unread.OperationReason.MissingArgument;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alembic's operations: {@code op.…} and {@code batch_op.…}, which leaves the table's name out. */
final class Operations {

    private final Changes.At at;
    private final NamingConvention convention;
    private final @Nullable Made batch;

    /**
     * @param convention of the metadata that {@code env.py} hands over
     * @param batch the call that began a batch; absent: it is an operation by itself
     */
    Operations(Changes.At at, NamingConvention convention, @Nullable Made batch) {
        this.at = at;
        this.convention = convention;
        this.batch = batch;
    }

    /** Does what one operation does. */
    void run(String operation, Made call) throws UnknownEffect {
        switch (operation) {
            case "create_table", "create_geospatial_table" -> createTable(new NamedArguments(call, "table_name"));
            case "drop_table", "drop_geospatial_table" -> {
                NamedArguments arguments = new NamedArguments(call, "table_name");
                here(arguments, "if_exists").drop(ObjectName.table(schema(arguments), arguments.name("table_name")));
            }
            case "rename_table" -> {
                NamedArguments arguments = new NamedArguments(call, "old_table_name", "new_table_name");
                String schema = schema(arguments);
                at.rename(ObjectName.table(schema, arguments.name("old_table_name")),
                        ObjectName.table(schema, arguments.name("new_table_name")));
            }
            case "add_column" -> {
                NamedArguments arguments = arguments(call, "column");
                items(arguments, "if_not_exists").add(Column.of(arguments.need("column")),
                        arguments.isTrue("inline_primary_key"));
            }
            case "add_geospatial_column" -> {
                NamedArguments arguments = arguments(call, "column");
                items(arguments, "").addPlain(Column.of(arguments.need("column")));
            }
            case "drop_column", "drop_geospatial_column" -> {
                NamedArguments arguments = arguments(call, "column_name");
                here(arguments, "if_exists").drop(
                        items(arguments, "if_exists").table().column(column(arguments.need("column_name"))));
            }
            case "alter_column" -> alterColumn(arguments(call, "column_name"));
            case "create_table_comment" -> comment(arguments(call, "comment"), true);
            case "drop_table_comment" -> comment(arguments(call), false);
            case "create_index", "create_geospatial_index" -> createIndex(call);
            case "drop_index", "drop_geospatial_index" -> dropIndex(call);
            case "create_unique_constraint" -> {
                NamedArguments arguments = named(call, "columns");
                TableConstraints constraints = items(arguments, "").constraints();
                constraints.unique(arguments.given("constraint_name"), arguments.names("columns"), arguments);
                constraints.done();
            }
            case "create_primary_key" -> {
                NamedArguments arguments = named(call, "columns");
                items(arguments, "").constraints().addPrimaryKey(
                        arguments.given("constraint_name"), arguments.names("columns"));
            }
            case "create_check_constraint" -> {
                NamedArguments arguments = named(call, "condition");
                TableConstraints constraints = items(arguments, "").constraints();
                constraints.check(arguments.given("constraint_name"), arguments.need("condition"), arguments);
                constraints.done();
            }
            case "create_foreign_key" -> createForeignKey(call);
            case "create_exclude_constraint" -> createExclude(call);
            case "drop_constraint" -> {
                NamedArguments arguments = named(call, "type_");
                Given given = arguments.given("constraint_name");
                if (given == null) {
                    throw new UnknownEffect(new MissingArgument("constraint_name"));
                }
                here(arguments, "if_exists").drop(
                        items(arguments, "").constraints().dropped(given, arguments.textOrNone("type_")));
            }
            case "bulk_insert" -> {
                NamedArguments arguments = new NamedArguments(call, "table", "rows");
                at.write(Constructs.table(arguments.need("table")));
            }
            case "sync_enum_values" -> syncEnum(call);
            case "create_entity", "replace_entity", "drop_entity" -> new Entities(at).run(operation, call);
            case "execute" ->
                new Executed(at).run(new NamedArguments(call, "sqltext").need("sqltext"), Placeholders.COLON);
            case "f", "get_bind", "get_context", "inline_literal", "batch_alter_table" -> {
                // These only say or give something.
            }
            case "run_async" -> throw new UnknownEffect(new UnknownOperation(Part.RUNS_FUNCTION));
            case "invoke" -> throw new UnknownEffect(new UnknownOperation(Part.RUNS_FUNCTION));
            default -> throw new UnknownEffect(new ForeignOperation(operation));
        }
    }

    /** With the table first, unless a batch has said it. */
    private NamedArguments arguments(Made call, String... parameters) {
        return new NamedArguments(call, batch != null ? parameters : with("table_name", parameters));
    }

    /** A constraint's: its name, then the table. */
    private NamedArguments named(Made call, String... parameters) {
        return new NamedArguments(
                call, with("constraint_name", batch != null ? parameters : with("table_name", parameters)));
    }

    private static String[] with(String first, String... others) {
        String[] all = Arrays.copyOf(new String[]{first}, others.length + 1);
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    private @Nullable String schema(NamedArguments arguments) throws UnknownEffect {
        return batch == null ? arguments.schema("schema") : batched(batch).schema("schema");
    }

    private String table(NamedArguments arguments) throws UnknownEffect {
        return batch == null ? arguments.text("table_name") : batched(batch).text("table_name");
    }

    private static NamedArguments batched(Made batch) {
        return new NamedArguments(batch, "table_name", "schema");
    }

    private Changes.At here(NamedArguments arguments, String condition) {
        return at.only(arguments.isOn(condition));
    }

    private TableElements items(NamedArguments arguments, String condition) throws UnknownEffect {
        return new TableElements(here(arguments, condition), schema(arguments), table(arguments), convention);
    }

    private void createTable(NamedArguments arguments) throws UnknownEffect {
        String partition = Symbols.text(arguments.find("postgresql_partition_by"));
        String schema = isTemporary(arguments) ? "pg_temp" : schema(arguments);
        new TableElements(here(arguments, "if_not_exists"), schema, arguments.text("table_name"), convention)
                .create(arguments.rest(),
                        new Definition.Table(null, partition, null, null, null, null, null, null), false);
    }

    /** It ends with the session, so it is no part of the schema. */
    private static boolean isTemporary(NamedArguments arguments) {
        return arguments.find("prefixes") instanceof Symbol.Items prefixes && prefixes.values().stream()
                .map(Symbols::text).anyMatch(text -> text != null && text.toUpperCase(Locale.ROOT).contains("TEMP"));
    }

    /** A column's name; some give the column itself. */
    private static String column(Symbol symbol) throws UnknownEffect {
        String name = Symbols.text(symbol);
        return name != null ? GeneratedNames.truncated(name) : Column.of(symbol).name();
    }

    private void alterColumn(NamedArguments arguments) throws UnknownEffect {
        TableElements items = items(arguments, "");
        String column = arguments.name("column_name");
        Symbol type = arguments.find("type_");
        Symbol before = arguments.find("existing_type");
        if (type != null && before != null) {
            items.checkOf(column, ColumnType.of(before).check(), false);
        }
        List<Alteration> changes = changes(arguments, type);
        if (!changes.isEmpty()) {
            at.alter(items.table().column(column), changes);
        }
        String renamed = arguments.textOrNone(arguments.has("name") ? "name" : "new_column_name");
        if (renamed != null) {
            at.rename(items.table().column(column), items.table().column(GeneratedNames.truncated(renamed)));
        }
        if (type != null) {
            items.checkOf(column, ColumnType.of(type).check(), true);
        }
    }

    private static List<Alteration> changes(NamedArguments arguments, @Nullable Symbol type) {
        List<Alteration> changes = new ArrayList<>();
        if (arguments.has("comment") && !arguments.isFalse("comment")) {
            String comment = Symbols.text(arguments.find("comment"));
            changes.add(new Alteration.Commented(comment == null ? "" : comment));
        }
        if (arguments.has("server_default") && !arguments.isFalse("server_default")) {
            changes.add(changedDefault(arguments.find("server_default")));
        }
        Symbol nullable = arguments.find("nullable");
        if (nullable != null) {
            changes.add(nullable instanceof Symbol.Truth truth
                    ? new Alteration.NullableSet(truth.truth())
                    : new Alteration.Unknown(Aspect.NULLABLE, "nullable"));
        }
        if (type != null) {
            ColumnType known = ColumnType.of(type);
            changes.add(known.name() == null
                    ? new Alteration.Unknown(Aspect.TYPE, "type")
                    : new Alteration.TypeChanged(known.name(), known.collation()));
        }
        return changes;
    }

    private static Alteration changedDefault(@Nullable Symbol value) {
        if (value == null) {
            return new Alteration.DefaultSet(null);
        }
        Definition.Column column = Column.serverDefault(value);
        if (column.identity() != null) {
            return new Alteration.IdentitySet(column.identity());
        }
        if (column.generated() != null) {
            return new Alteration.Unknown(Aspect.ANYTHING, "");
        }
        return column.defaultValue() == null
                ? new Alteration.Unknown(Aspect.DEFAULT, "default")
                : new Alteration.DefaultSet(column.defaultValue());
    }

    private void comment(NamedArguments arguments, boolean create) throws UnknownEffect {
        String comment = create ? arguments.textOrNone("comment") : null;
        at.alter(items(arguments, "").table().name(), new Alteration.Commented(comment == null ? "" : comment));
    }

    private void createIndex(Made call) throws UnknownEffect {
        NamedArguments arguments = new NamedArguments(
                call, with("index_name", batch != null ? with("columns") : with("table_name", "columns")));
        if (!(arguments.need("columns") instanceof Symbol.Items columns)) {
            throw new UnknownEffect(new ComputedArgument("columns"));
        }
        items(arguments, "if_not_exists").indexes().add(arguments.given("index_name"), columns.values(), arguments);
    }

    private void dropIndex(Made call) throws UnknownEffect {
        NamedArguments arguments = new NamedArguments(call, "index_name", "table_name");
        Symbol name = arguments.need("index_name");
        if (name instanceof Made && Symbols.last(name).equals("Index")) {
            name = new NamedArguments((Made) name, "name").need("name");
        }
        Given given = Symbols.given(name);
        if (given == null) {
            throw new UnknownEffect(new ComputedArgument("index_name"));
        }
        String table = batch != null ? table(arguments) : arguments.textOrNone("table_name");
        String full = convention.indexName(
                given, new NamingConvention.Subject(schema(arguments), table == null ? "no_table" : table, List.of()));
        here(arguments, "if_exists").drop(
                new ObjectName(ObjectKind.INDEX, schema(arguments), null,
                        GeneratedNames.truncated(String.valueOf(full))));
    }

    private void createForeignKey(Made call) throws UnknownEffect {
        NamedArguments arguments = new NamedArguments(call, with("constraint_name", batch != null
                ? with("referent_table", "local_cols", "remote_cols")
                : with("source_table", "referent_table", "local_cols", "remote_cols")));
        String table = batch != null ? table(arguments) : arguments.text("source_table");
        String schema = batch != null ? schema(arguments) : arguments.schema("source_schema");
        String referent = arguments.name("referent_table");
        String elsewhere = arguments.schema("referent_schema");
        TableConstraints constraints = new TableElements(at, schema, table, convention).constraints();
        constraints.foreignKey(
                arguments.given("constraint_name"), arguments.names("local_cols"),
                ObjectName.table(elsewhere, referent), arguments.texts("remote_cols"), arguments);
        constraints.done();
    }

    /**
     * Of the package alembic_postgresql_enum the enum is made again with exactly these values; of alembic_autogenerate_enums, which
     * is told the old ones first, those are added that are new.
     */
    private void syncEnum(Made call) throws UnknownEffect {
        boolean adding = call.named().containsKey("old_values")
                || (call.positional().size() > 3 && call.positional().get(3) instanceof Symbol.Items fourth
                        && !fourth.values().isEmpty()
                        && fourth.values().stream().allMatch(Symbol.Text.class::isInstance));
        NamedArguments arguments = new NamedArguments(call, "enum_schema", "enum_name",
                adding ? "old_values" : "new_values",
                adding ? "new_values" : "affected_columns");
        String schema = arguments.schema(arguments.has("schema") ? "schema" : "enum_schema");
        ObjectName name = new ObjectName(
                ObjectKind.ENUM, schema, null, arguments.text(arguments.has("name") ? "name" : "enum_name"));
        List<String> values = arguments.texts("new_values");
        if (!adding) {
            at.alter(name, new Alteration.ValuesSet(values));
            return;
        }
        List<String> before = arguments.texts("old_values");
        values.stream().filter(value -> !before.contains(value))
                .forEach(value -> at.alter(name, new Alteration.ValueAdded(value, null, null)));
    }

    private void createExclude(Made call) throws UnknownEffect {
        NamedArguments arguments = named(call);
        List<Symbol> elements = new ArrayList<>(arguments.rest());
        TableConstraints constraints = items(arguments, "").constraints();
        Made renamed = new Made(
                call.callee(), elements, Map.of("name", arguments.need("constraint_name")), true, call.place());
        constraints.exclude(new NamedArguments(renamed), elements);
        constraints.done();
    }
}
