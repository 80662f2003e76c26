package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Sought;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of PostgreSQL's catalogs that list objects: which column has the name, which the table and the schema. */
enum SystemCatalog {
    TABLES("information_schema.tables", Sought.Kind.RELATION, "table_name", null, "table_schema",
            "table_catalog", "table_type"),
    COLUMNS("information_schema.columns", Sought.Kind.COLUMN, "column_name", "table_name", "table_schema",
            "table_catalog"),
    VIEWS("information_schema.views", Sought.Kind.VIEW, "table_name", null, "table_schema", "table_catalog"),
    CONSTRAINTS("information_schema.table_constraints", Sought.Kind.CONSTRAINT, "constraint_name", "table_name",
            "table_schema", "constraint_schema", "constraint_type", "table_catalog", "constraint_catalog"),
    SCHEMATA("information_schema.schemata", Sought.Kind.SCHEMA, "schema_name", null, null, "catalog_name"),
    SEQUENCES("information_schema.sequences", Sought.Kind.SEQUENCE, "sequence_name", null, "sequence_schema"),
    TRIGGERS("information_schema.triggers", Sought.Kind.TRIGGER, "trigger_name", "event_object_table",
            "trigger_schema", "event_object_schema"),
    PG_TABLES("pg_tables", Sought.Kind.TABLE, "tablename", null, "schemaname"),
    PG_VIEWS("pg_views", Sought.Kind.VIEW, "viewname", null, "schemaname"),
    PG_MATVIEWS("pg_matviews", Sought.Kind.VIEW, "matviewname", null, "schemaname"),
    PG_INDEXES("pg_indexes", Sought.Kind.INDEX, "indexname", "tablename", "schemaname"),
    PG_SEQUENCES("pg_sequences", Sought.Kind.SEQUENCE, "sequencename", null, "schemaname"),
    PG_CLASS("pg_class", Sought.Kind.RELATION, "relname", null, null, "relkind"),
    PG_ATTRIBUTE("pg_attribute", Sought.Kind.COLUMN, "attname", "attrelid", null, "attnum", "attisdropped"),
    PG_CONSTRAINT("pg_constraint", Sought.Kind.CONSTRAINT, "conname", "conrelid", null, "contype"),
    PG_TYPE("pg_type", Sought.Kind.TYPE, "typname", null, null, "typtype"),
    PG_NAMESPACE("pg_namespace", Sought.Kind.SCHEMA, "nspname", null, null),
    PG_EXTENSION("pg_extension", Sought.Kind.EXTENSION, "extname", null, null),
    PG_TRIGGER("pg_trigger", Sought.Kind.TRIGGER, "tgname", "tgrelid", null),
    PG_PROC("pg_proc", Sought.Kind.FUNCTION, "proname", null, null);

    private final String source;
    final Sought.Kind kind;
    final String name;
    final @Nullable String table;
    final @Nullable String schema;

    /** What a query may ask of them besides, and the object of that name is what it is. */
    private final String ignored;

    SystemCatalog(
            String source, Sought.Kind kind, String name, @Nullable String table, @Nullable String schema,
            String... ignored) {
        this.source = source;
        this.kind = kind;
        this.name = name;
        this.table = table;
        this.schema = schema;
        this.ignored = String.join(" ", ignored);
    }

    boolean ignores(String column) {
        return List.of(ignored.split(" ", -1)).contains(column);
    }

    static @Nullable SystemCatalog of(String source) {
        for (SystemCatalog catalog : values()) {
            if (catalog.source.equals(source)) {
                return catalog;
            }
        }
        return null;
    }

    /** Whether a column of one of them has the name of an object of that kind. */
    static boolean names(Sought.Kind kind, String column) {
        for (SystemCatalog catalog : values()) {
            if (catalog.kind == kind && catalog.name.equals(column)) {
                return true;
            }
        }
        return false;
    }
}
