package dev.migrationledger.agent.physical;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing done to a schema by hand.
 *
 * @param object that is no longer, or not yet, as migrations left it
 */
record Damage(Kind kind, ObjectName object, String sql) {

    enum Kind {
        DROP_TABLE("a table is dropped"),
        DROP_COLUMN("a column is dropped"),
        DROP_INDEX("an index is dropped"),
        DROP_CONSTRAINT("a constraint is dropped"),
        DROP_VIEW("a view is dropped"),
        ALTER_TYPE("a column's type is changed"),
        ALTER_NULLABLE("NOT NULL is set or dropped"),
        RENAME_TABLE("a table is renamed"),
        RENAME_COLUMN("a column is renamed"),
        RENAME_INDEX("an index is renamed"),
        NEW_TABLE("a table is made by hand"),
        NEW_COLUMN("a column is added by hand"),
        NEW_INDEX("an index is made by hand"),
        OTHERS_TABLE("a table of another stop is made by hand"),
        OTHERS_COLUMN("a column of another stop is added by hand"),
        OTHERS_INDEX("an index of another stop is made by hand"),
        OTHERS_ENUM("an enum of another stop is made by hand"),
        OTHERS_NAME("a column is given the name it has at another stop");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * At most one damage of each kind, drawn by lot. A statement may turn out to be impossible.
     *
     * @param others what there is at other stops of the same history
     */
    static List<Damage> of(SchemaSnapshot schema, Collection<SchemaObject> others, Random lot) {
        Drawing drawing = new Drawing(schema, others, lot);
        return Arrays.stream(Kind.values()).map(drawing::damage).flatMap(Optional::stream).toList();
    }

    /** What there is to draw from. */
    private record Drawing(SchemaSnapshot schema, Collection<SchemaObject> others, Random lot) {

        Optional<Damage> damage(Kind kind) {
            return switch (kind) {
                case DROP_TABLE -> any(ObjectKind.TABLE).map(table -> damage(kind, table,
                        "DROP TABLE " + quoted(table) + " CASCADE"));
                case DROP_COLUMN -> any(ObjectKind.COLUMN).map(column -> damage(kind, column,
                        alter(column) + "DROP COLUMN " + quote(column.object().name())));
                case DROP_INDEX -> any(ObjectKind.INDEX).map(index -> damage(kind, index,
                        "DROP INDEX " + quoted(index)));
                case DROP_CONSTRAINT -> any(ObjectKind.CONSTRAINT).map(constraint -> damage(kind, constraint,
                        alter(constraint) + "DROP CONSTRAINT " + quote(constraint.object().name())));
                case DROP_VIEW -> any(ObjectKind.VIEW).map(view -> damage(kind, view, "DROP VIEW " + quoted(view)));
                case ALTER_TYPE -> any(ObjectKind.COLUMN).map(column -> damage(kind, column,
                        alter(column) + "ALTER COLUMN " + quote(column.object().name()) + " TYPE "
                                + otherType(column)));
                case ALTER_NULLABLE -> any(ObjectKind.COLUMN).map(column -> damage(kind, column,
                        alter(column) + "ALTER COLUMN " + quote(column.object().name())
                                + (column.text().contains(" NOT NULL") ? " DROP" : " SET") + " NOT NULL"));
                case RENAME_TABLE -> any(ObjectKind.TABLE).map(table -> damage(kind, table,
                        "ALTER TABLE " + quoted(table) + " RENAME TO renamed_by_hand"));
                case RENAME_COLUMN -> any(ObjectKind.COLUMN).map(column -> damage(kind, column,
                        alter(column) + "RENAME COLUMN " + quote(column.object().name()) + " TO renamed_by_hand"));
                case RENAME_INDEX -> any(ObjectKind.INDEX).map(index -> damage(kind, index,
                        "ALTER INDEX " + quoted(index) + " RENAME TO renamed_by_hand"));
                case NEW_TABLE -> Optional.of(new Damage(kind, ObjectName.table("public", "made_by_hand"),
                        "CREATE TABLE public.made_by_hand (id integer PRIMARY KEY)"));
                case NEW_COLUMN -> any(ObjectKind.TABLE).map(table -> new Damage(kind,
                        ObjectName.column(table.object().schema(), table.object().name(), "made_by_hand"),
                        "ALTER TABLE " + quoted(table) + " ADD COLUMN made_by_hand integer"));
                case NEW_INDEX -> any(ObjectKind.COLUMN).map(column -> new Damage(kind,
                        new ObjectName(ObjectKind.INDEX, column.object().schema(), null, "made_by_hand"),
                        "CREATE INDEX made_by_hand ON " + tableOf(column) + " (" + quote(column.object().name())
                                + ")"));
                case OTHERS_TABLE -> another(ObjectKind.TABLE).map(table -> damage(kind, table, table(table)));
                case OTHERS_COLUMN -> another(ObjectKind.COLUMN, this::hasTable).map(column -> damage(kind, column,
                        alter(column) + "ADD COLUMN " + quote(column.object().name()) + " " + column.text()));
                case OTHERS_INDEX -> another(ObjectKind.INDEX).map(index -> damage(kind, index, index(index)));
                case OTHERS_ENUM -> another(ObjectKind.ENUM).map(type -> damage(kind, type,
                        "CREATE TYPE " + quoted(type) + " AS ENUM " + type.text()));
                case OTHERS_NAME -> another(ObjectKind.COLUMN, this::hasTable).flatMap(column -> any(ObjectKind.COLUMN,
                        here -> Objects.equals(here.object().schema(), column.object().schema())
                                && Objects.equals(here.object().table(), column.object().table()))
                        .map(here -> damage(kind, column, alter(here) + "RENAME COLUMN "
                                + quote(here.object().name()) + " TO " + quote(column.object().name()))));
            };
        }

        private Optional<SchemaObject> any(ObjectKind kind) {
            return any(kind, object -> true);
        }

        private Optional<SchemaObject> any(ObjectKind kind, Predicate<SchemaObject> which) {
            return drawn(schema.objects(), object -> object.object().kind() == kind && which.test(object));
        }

        private Optional<SchemaObject> another(ObjectKind kind) {
            return another(kind, object -> true);
        }

        private Optional<SchemaObject> another(ObjectKind kind, Predicate<SchemaObject> which) {
            Set<ObjectName> here = schema.objects().stream().map(SchemaObject::object).collect(Collectors.toSet());
            return drawn(others, object -> object.object().kind() == kind && !here.contains(object.object())
                    && which.test(object));
        }

        private Optional<SchemaObject> drawn(Collection<SchemaObject> from, Predicate<SchemaObject> which) {
            List<SchemaObject> all = new ArrayList<>(from.stream().filter(which).toList());
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(lot.nextInt(all.size())));
        }

        private boolean hasTable(SchemaObject column) {
            return schema.objects().stream().anyMatch(object -> object.object().equals(
                    ObjectName.table(column.object().schema(), String.valueOf(column.object().table()))));
        }

        /** With all that belongs to it there, as an application makes a table from its models. */
        private String table(SchemaObject table) {
            String columns = parts(table, ObjectKind.COLUMN)
                    .map(column -> quote(column.object().name()) + " " + column.text()
                            .replaceFirst("^integer NOT NULL DEFAULT nextval\\(.*\\)$", "serial"))
                    .collect(Collectors.joining(", "));
            String constraints = parts(table, ObjectKind.CONSTRAINT)
                    .map(constraint -> "; " + alter(constraint) + "ADD CONSTRAINT "
                            + quote(constraint.object().name()) + " " + constraint.text())
                    .collect(Collectors.joining());
            String indexes = others.stream()
                    .filter(index -> index.object().kind() == ObjectKind.INDEX
                            && index.text().contains("ON " + table.object().dotted() + " "))
                    .map(index -> "; " + index(index)).collect(Collectors.joining());
            return "CREATE TABLE " + quoted(table) + " (" + columns + ")" + constraints + indexes;
        }

        private Stream<SchemaObject> parts(SchemaObject table, ObjectKind kind) {
            return others.stream().filter(object -> object.object().kind() == kind
                    && Objects.equals(object.object().schema(), table.object().schema())
                    && table.object().name().equals(object.object().table()));
        }

        private static String index(SchemaObject index) {
            String definition = index.text();
            String unique = definition.startsWith("UNIQUE ") ? "UNIQUE " : "";
            return "CREATE " + unique + "INDEX " + quote(index.object().name()) + " "
                    + definition.substring(unique.length());
        }

        private static String otherType(SchemaObject column) {
            String type = column.text();
            String name = quote(column.object().name());
            return type.startsWith("integer")
                    ? "bigint"
                    : type.startsWith("bigint")
                            ? "numeric"
                            : type.startsWith("text")
                                    ? "varchar(77)"
                                    : type.startsWith("timestamp with ")
                                            ? "timestamp without time zone"
                                            : type.startsWith("timestamp") ? "date" : "text USING " + name + "::text";
        }

        private static Damage damage(Kind kind, SchemaObject object, String sql) {
            return new Damage(kind, object.object(), sql);
        }

        private static String alter(SchemaObject part) {
            return "ALTER TABLE " + tableOf(part) + " ";
        }

        private static String tableOf(SchemaObject part) {
            return quote(String.valueOf(part.object().schema())) + "." + quote(String.valueOf(part.object().table()));
        }

        private static String quoted(SchemaObject object) {
            return quote(String.valueOf(object.object().schema())) + "." + quote(object.object().name());
        }

        private static String quote(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }
}
