package dev.migrationledger.agent.physical;

import dev.migrationledger.agent.physical.Thing.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes up what revisions do, so that a real database lets them do it in every order in which they can run. */
final class GeneratedChanges {

    private static final List<String> TYPES = List.of("integer", "varchar", "text", "timestamp", "boolean", "numeric");

    /** No revision has this number. */
    private static final int NOBODY = 9_999;

    private final List<Thing> things = new ArrayList<>();
    private final Random lot;
    private int names;
    private int revision;
    private BitSet before = new BitSet();

    GeneratedChanges(Random lot) {
        this.lot = lot;
    }

    /** One kind of change: lines of Python, or none if there is nothing to do it to. */
    private interface Change {
        List<String> lines();
    }

    /**
     * The next operation of a revision, as lines of Python.
     *
     * @param before revisions that are sure to have run
     */
    List<String> next(int number, BitSet before) {
        this.revision = number;
        this.before = (BitSet) before.clone();
        this.before.set(number);
        List<Change> all = List.of(
                this::createTable, this::createTable, this::createTable, this::addColumn, this::addColumn,
                this::addColumn, this::alterType, this::alterNullable, this::alterDefault, this::renameColumn,
                this::renameTable, this::dropColumn, this::dropTable, this::createIndex, this::createIndex,
                this::dropIndex, this::constrain, this::constrain, this::dropConstraint, this::createEnum,
                this::addValue, this::dropEnum, this::createView, this::createSchema, this::literal, this::data,
                this::conditional,
                this::opaque);
        List<String> lines = List.of();
        while (lines.isEmpty()) {
            lines = all.get(lot.nextInt(all.size())).lines();
        }
        return lines;
    }

    private String name(String prefix) {
        return prefix + ++names;
    }

    private @Nullable Thing any(Predicate<Thing> which) {
        List<Thing> all = things.stream().filter(thing -> !thing.gone && which.test(thing)).toList();
        return all.isEmpty() ? null : all.get(lot.nextInt(all.size()));
    }

    /** A thing that is there for sure and stays as it is. */
    private @Nullable Thing seen(Kind kind) {
        return any(thing -> thing.kind == kind && isSeen(thing));
    }

    private boolean isSeen(Thing thing) {
        return thing.isSeenBy(before) && (thing.of == null || isSeen(thing.of));
    }

    /** A thing that may be changed: no unknown revision needs it as it is. */
    private @Nullable Thing free(Kind kind, Predicate<Thing> which) {
        return any(thing -> thing.kind == kind && isSeen(thing) && thing.isFree(before) && which.test(thing));
    }

    /** Whether all that would go with a thing is there, or gone, for sure, and is free. */
    private boolean isWhollyFree(Thing thing) {
        return things.stream().filter(part -> part.of == thing || part.over.contains(thing))
                .allMatch(part -> part.isFree(before));
    }

    private boolean isFreeOf(Thing thing, Kind kind) {
        return things.stream().noneMatch(part -> part.kind == kind && !part.gone
                && (part.of == thing || part.over.contains(thing)));
    }

    private Thing made(Kind kind, @Nullable Thing of, String name) {
        Thing thing = new Thing(kind, of, name, revision);
        if (of != null) {
            use(of);
        }
        things.add(thing);
        return thing;
    }

    private void use(Thing thing) {
        thing.use(revision);
        if (thing.of != null) {
            use(thing.of);
        }
    }

    private void drop(Thing thing) {
        thing.change(revision);
        thing.gone = true;
        things.stream().filter(part -> part.of == thing || part.over.contains(thing)).forEach(part -> {
            if (!part.gone) {
                drop(part);
            }
        });
    }

    private String python(String type) {
        return switch (type) {
            case "integer" -> "sa.Integer()";
            case "bigint" -> "sa.BigInteger()";
            case "varchar" -> "sa.String(length=40)";
            case "timestamp" -> "sa.DateTime()";
            case "timestamptz" -> "sa.DateTime(timezone=True)";
            case "boolean" -> "sa.Boolean()";
            case "numeric" -> "sa.Numeric(10, 2)";
            default -> "sa.Text()";
        };
    }

    /** {@code sa.Column(…)} of a new column. */
    private String column(Thing table, boolean first) {
        Thing column = made(Kind.COLUMN, table, name("c"));
        column.type = TYPES.get(lot.nextInt(TYPES.size()));
        String type = python(column.type);
        String more = "";
        switch (lot.nextInt(9)) {
            case 0 -> more = ", unique=True";
            case 1 -> more = ", index=True";
            case 2 -> {
                Thing other = any(thing -> thing.kind == Kind.TABLE && thing != table && isSeen(thing));
                if (other != null) {
                    use(other);
                    Thing key = made(Kind.CONSTRAINT, table, "");
                    key.named = false;
                    key.over.addAll(List.of(other, column));
                    column.type = "integer";
                    type = "sa.Integer(), sa.ForeignKey(\"" + other.dotted() + ".id\")";
                }
            }
            case 3 -> {
                Thing kind = first ? null : seen(Kind.ENUM);
                if (kind != null) {
                    use(kind);
                    column.over.add(kind);
                    column.type = "enum";
                    type = "postgresql.ENUM(name=\"" + kind.name + "\", create_type=False)";
                }
            }
            case 4 -> {
                if (column.type.equals("text")) {
                    more = ", server_default=\"x\"";
                }
            }
            default -> {
                // As most columns are.
            }
        }
        if (more.contains("=True")) {
            Thing made = made(more.contains("index") ? Kind.INDEX : Kind.CONSTRAINT, table, "");
            made.named = false;
            made.over.add(column);
        }
        if (first && lot.nextInt(3) == 0) {
            column.nullable = false;
            more += ", nullable=False";
        }
        return "sa.Column(\"" + column.name + "\", " + type + more + ")";
    }

    private List<String> createTable() {
        Thing schema = lot.nextInt(4) == 0 ? seen(Kind.SCHEMA) : null;
        Thing table = made(Kind.TABLE, schema, name("t"));
        List<String> lines = new ArrayList<>();
        lines.add("op.create_table(");
        lines.add("    \"" + table.name + "\",");
        lines.add("    sa.Column(\"id\", sa.Integer(), primary_key=True),");
        int columns = 1 + lot.nextInt(3);
        for (int i = 0; i < columns; i++) {
            lines.add("    " + column(table, true) + ",");
        }
        if (lot.nextInt(6) == 0) {
            Thing column = made(Kind.COLUMN, table, name("kind"));
            column.type = "enum";
            lines.add("    sa.Column(\"%s\", sa.Enum(\"a\", \"b\", name=\"%s\")),".formatted(column.name, name("e")));
        }
        lines.add("    " + table.schemaArgument().replaceFirst("^, ", ""));
        lines.add(")");
        return lines.stream().filter(line -> !line.isBlank()).toList();
    }

    private List<String> addColumn() {
        Thing table = seen(Kind.TABLE);
        if (table == null) {
            return List.of();
        }
        return List.of("op.add_column(\"" + table.name + "\", " + column(table, false) + table.schemaArgument() + ")");
    }

    private static Thing table(Thing part) {
        if (part.of == null) {
            throw new IllegalArgumentException(part.name + " belongs to no table");
        }
        return part.of;
    }

    private String alter(Thing column, String how) {
        column.change(revision);
        use(table(column));
        return "op.alter_column(\"%s\", \"%s\", %s%s)".formatted(table(column).name, column.name, how,
                table(column).schemaArgument());
    }

    private List<String> alterType() {
        Thing column = free(Kind.COLUMN, it -> List.of("integer", "varchar", "timestamp").contains(it.type)
                && it.over.isEmpty() && isFreeOf(it, Kind.CONSTRAINT) && isFreeOf(it, Kind.VIEW));
        if (column == null) {
            return List.of();
        }
        column.type = switch (column.type) {
            case "integer" -> "bigint";
            case "varchar" -> "text";
            default -> "timestamptz";
        };
        return List.of(alter(column, "type_=" + python(column.type)));
    }

    private List<String> alterNullable() {
        Thing column = free(Kind.COLUMN, it -> true);
        if (column == null) {
            return List.of();
        }
        column.nullable = !column.nullable;
        return List.of(alter(column, "nullable=" + (column.nullable ? "True" : "False")));
    }

    private List<String> alterDefault() {
        Thing column = free(Kind.COLUMN, it -> it.type.equals("text") || it.type.equals("integer"));
        return column == null ? List.of() : List.of(alter(column, "server_default=\"" + lot.nextInt(9) + "\""));
    }

    private List<String> renameColumn() {
        Thing column = free(Kind.COLUMN, it -> true);
        if (column == null) {
            return List.of();
        }
        String to = name("c");
        String line = alter(column, "new_column_name=\"" + to + "\"");
        column.name = to;
        return List.of(line);
    }

    private List<String> renameTable() {
        Thing table = free(Kind.TABLE, it -> true);
        if (table == null) {
            return List.of();
        }
        String from = table.name;
        table.name = name("t");
        table.change(revision);
        return List.of("op.rename_table(\"%s\", \"%s\"%s)".formatted(from, table.name, table.schemaArgument()));
    }

    private List<String> dropColumn() {
        Thing column = free(Kind.COLUMN, it -> isWhollyFree(it) && isFreeOf(it, Kind.VIEW));
        if (column == null) {
            return List.of();
        }
        drop(column);
        Thing table = table(column);
        use(table);
        List<String> lines = new ArrayList<>();
        lines.add("op.drop_column(\"%s\", \"%s\"%s)".formatted(table.name, column.name, table.schemaArgument()));
        if (lot.nextInt(3) == 0) {
            // Who has second thoughts gives it the same name and another type.
            Thing again = made(Kind.COLUMN, table, column.name);
            again.type = "boolean";
            lines.add("op.add_column(\"%s\", sa.Column(\"%s\", sa.Boolean())%s)".formatted(table.name, again.name,
                    table.schemaArgument()));
        }
        return lines;
    }

    private List<String> dropTable() {
        Thing table = free(Kind.TABLE, it -> isWhollyFree(it) && isFreeOf(it, Kind.VIEW)
                && things.stream().noneMatch(other -> !other.gone && other.over.contains(it) && other.of != it));
        if (table == null) {
            return List.of();
        }
        drop(table);
        return List.of("op.drop_table(\"" + table.name + "\"" + table.schemaArgument() + ")");
    }

    private List<String> createIndex() {
        Thing column = any(it -> it.kind == Kind.COLUMN && isSeen(it));
        if (column == null) {
            return List.of();
        }
        Thing index = made(Kind.INDEX, column.of, name("ix"));
        index.over.add(column);
        use(column);
        return List.of("op.create_index(\"%s\", \"%s\", [\"%s\"]%s%s)".formatted(index.name, table(column).name,
                column.name, lot.nextInt(3) == 0 ? ", unique=True" : "", table(column).schemaArgument()));
    }

    private List<String> dropIndex() {
        Thing index = free(Kind.INDEX, it -> it.named);
        if (index == null) {
            return List.of();
        }
        drop(index);
        use(table(index));
        return List.of("op.drop_index(\"%s\", table_name=\"%s\"%s)".formatted(index.name, table(index).name,
                table(index).schemaArgument()));
    }

    private List<String> constrain() {
        Thing column = any(it -> it.kind == Kind.COLUMN && isSeen(it));
        if (column == null) {
            return List.of();
        }
        use(column);
        Thing table = table(column);
        Thing constraint = made(Kind.CONSTRAINT, table, name("k"));
        constraint.over.add(column);
        if (lot.nextBoolean()) {
            return List.of("op.create_unique_constraint(\"%s\", \"%s\", [\"%s\"]%s)".formatted(constraint.name,
                    table.name, column.name, table.schemaArgument()));
        }
        return List.of("op.create_check_constraint(\"%s\", \"%s\", \"%s IS NOT NULL\"%s)".formatted(constraint.name,
                table.name, column.name, table.schemaArgument()));
    }

    private List<String> dropConstraint() {
        Thing constraint = free(Kind.CONSTRAINT, it -> it.named);
        if (constraint == null) {
            return List.of();
        }
        drop(constraint);
        use(table(constraint));
        return List.of("op.drop_constraint(\"%s\", \"%s\"%s)".formatted(constraint.name, table(constraint).name,
                table(constraint).schemaArgument()));
    }

    private List<String> createEnum() {
        Thing type = made(Kind.ENUM, null, name("e"));
        return List.of("postgresql.ENUM(\"a\", \"b\", name=\"" + type.name + "\").create(op.get_bind())");
    }

    private List<String> addValue() {
        Thing type = free(Kind.ENUM, it -> true);
        if (type == null) {
            return List.of();
        }
        type.change(revision);
        return List.of("op.execute(\"ALTER TYPE " + type.name + " ADD VALUE '" + name("v") + "'\")");
    }

    private List<String> dropEnum() {
        Thing type = free(Kind.ENUM, it -> isWhollyFree(it) && isFreeOf(it, Kind.COLUMN));
        if (type == null) {
            return List.of();
        }
        drop(type);
        return List.of("op.execute(\"DROP TYPE " + type.name + "\")");
    }

    private List<String> createView() {
        Thing table = seen(Kind.TABLE);
        if (table == null) {
            return List.of();
        }
        Thing view = made(Kind.VIEW, table, name("view"));
        return List.of("op.execute(\"CREATE VIEW " + view.name + " AS SELECT id FROM " + table.dotted() + "\")");
    }

    private List<String> createSchema() {
        return List.of("op.execute(\"CREATE SCHEMA " + made(Kind.SCHEMA, null, name("s")).name + "\")");
    }

    private List<String> literal() {
        Thing column = free(Kind.COLUMN, it -> true);
        Thing table = seen(Kind.TABLE);
        return switch (lot.nextInt(4)) {
            case 0 -> {
                Thing made = made(Kind.TABLE, null, name("t"));
                Thing text = made(Kind.COLUMN, made, name("c"));
                text.type = "varchar";
                yield List.of("op.execute(\"CREATE TABLE " + made.name + " (id serial PRIMARY KEY, " + text.name
                        + " varchar(40))\")");
            }
            case 1 -> {
                if (table == null) {
                    yield List.of();
                }
                Thing made = made(Kind.COLUMN, table, name("c"));
                made.type = "integer";
                yield List.of("op.execute(\"ALTER TABLE " + table.dotted() + " ADD COLUMN " + made.name
                        + " integer\")");
            }
            case 2 -> {
                if (column == null) {
                    yield List.of();
                }
                column.change(revision);
                use(table(column));
                String from = column.name;
                column.name = name("c");
                yield List.of("op.execute(\"ALTER TABLE " + table(column).dotted() + " RENAME COLUMN " + from + " TO "
                        + column.name + "\")");
            }
            default -> List.of("op.execute(\"CREATE FUNCTION " + name("f")
                    + "() RETURNS integer LANGUAGE sql AS 'SELECT 1'\")");
        };
    }

    private List<String> data() {
        Thing table = seen(Kind.TABLE);
        if (table == null) {
            return List.of();
        }
        use(table);
        return List.of("op.execute(\"UPDATE " + table.dotted() + " SET id = id + 1\")");
    }

    /** What is only done if something holds, which it sometimes does. */
    private List<String> conditional() {
        Thing table = seen(Kind.TABLE);
        if (table == null) {
            return List.of();
        }
        boolean holds = lot.nextBoolean();
        String condition = lot.nextBoolean()
                ? "if sa.inspect(op.get_bind()).has_table(\"alembic_version\") is %s:"
                : "if (os.environ.get(\"NOBODY_SETS_THIS\") is None) is %s:";
        String name = name("c");
        if (holds) {
            Thing column = made(Kind.COLUMN, table, name);
            column.type = "integer";
            // Scripts cannot count on it.
            column.use(NOBODY);
        }
        use(table);
        return List.of(condition.formatted(holds ? "True" : "False"),
                "    op.add_column(\"%s\", sa.Column(\"%s\", sa.Integer())%s)".formatted(table.name, name,
                        table.schemaArgument()));
    }

    /** What cannot be read: the names come from the database. */
    private List<String> opaque() {
        Thing table = seen(Kind.TABLE);
        Thing column = free(Kind.COLUMN, it -> isWhollyFree(it) && isFreeOf(it, Kind.VIEW));
        String statement = switch (lot.nextInt(4)) {
            case 0 -> "CREATE TABLE " + name("hidden") + " (id integer)";
            case 1 -> table == null
                    ? ""
                    : "ALTER TABLE " + table.dotted() + " ADD COLUMN " + name("hidden")
                            + " integer";
            case 2 -> column == null ? "" : "ALTER TABLE " + table(column).dotted() + " DROP COLUMN " + column.name;
            default -> table == null ? "" : "UPDATE " + table.dotted() + " SET id = id + 2";
        };
        if (statement.isEmpty()) {
            return List.of();
        }
        if (statement.contains(" DROP COLUMN ") && column != null) {
            drop(column);
            use(table(column));
        } else if (table != null && !statement.startsWith("CREATE")) {
            use(table);
        }
        return List.of(
                "for (statement,) in op.get_bind().execute(sa.text(\"SELECT '" + statement + "'\")).fetchall():",
                "    op.execute(statement)");
    }
}
