package dev.migrationledger.agent.sql.postgresql.guard;

import static dev.migrationledger.contracts.schema.ObjectKind.COLUMN;
import static dev.migrationledger.contracts.schema.ObjectKind.CONSTRAINT;
import static dev.migrationledger.contracts.schema.ObjectKind.DOMAIN;
import static dev.migrationledger.contracts.schema.ObjectKind.ENUM;
import static dev.migrationledger.contracts.schema.ObjectKind.EXTENSION;
import static dev.migrationledger.contracts.schema.ObjectKind.FUNCTION;
import static dev.migrationledger.contracts.schema.ObjectKind.INDEX;
import static dev.migrationledger.contracts.schema.ObjectKind.MATERIALIZED_VIEW;
import static dev.migrationledger.contracts.schema.ObjectKind.POLICY;
import static dev.migrationledger.contracts.schema.ObjectKind.SCHEMA;
import static dev.migrationledger.contracts.schema.ObjectKind.SEQUENCE;
import static dev.migrationledger.contracts.schema.ObjectKind.TABLE;
import static dev.migrationledger.contracts.schema.ObjectKind.TRIGGER;
import static dev.migrationledger.contracts.schema.ObjectKind.TYPE;
import static dev.migrationledger.contracts.schema.ObjectKind.VIEW;

import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A catalog in which blocks look for objects. Where a query joins several, the first of this list whose name column it compares
 * says what it looks for: what belongs to a table or a type comes before that one.
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the collections
enum Catalog {
    ENUM_VALUES("pg_enum", "enumlabel", "enumtypid typname", "", ENUM),
    ATTRIBUTES("pg_attribute", "attname", "attrelid relname", "nspname", COLUMN),
    CONSTRAINTS("pg_constraint", "conname", "conrelid relname", "nspname connamespace", CONSTRAINT),
    TRIGGERS("pg_trigger", "tgname", "tgrelid relname", "nspname", TRIGGER),
    POLICIES("pg_policy", "polname", "polrelid relname", "nspname", POLICY),
    POLICY_LIST("pg_policies", "policyname", "tablename", "schemaname", POLICY),
    INDEX_LIST("pg_indexes", "indexname", "tablename", "schemaname", INDEX),
    COLUMN_LIST("information_schema.columns", "column_name", "table_name", "table_schema", COLUMN),
    CONSTRAINT_LIST(
            "information_schema.table_constraints", "constraint_name", "table_name", "table_schema constraint_schema",
            CONSTRAINT),
    KEY_LIST("information_schema.referential_constraints", "constraint_name", "", "constraint_schema", CONSTRAINT),
    CONSTRAINED_COLUMNS(
            "information_schema.constraint_column_usage", "constraint_name", "table_name",
            "table_schema constraint_schema",
            CONSTRAINT),
    TRIGGER_LIST("information_schema.triggers", "trigger_name", "event_object_table",
            "event_object_schema trigger_schema", TRIGGER),
    TYPES("pg_type", "typname", "", "nspname typnamespace", ENUM, DOMAIN, TYPE),
    FUNCTIONS("pg_proc", "proname", "", "nspname pronamespace", FUNCTION),
    FUNCTION_LIST("information_schema.routines", "routine_name", "", "routine_schema", FUNCTION),
    RELATIONS("pg_class", "relname", "", "nspname relnamespace", TABLE, VIEW, MATERIALIZED_VIEW, INDEX, SEQUENCE),
    TABLE_LIST("pg_tables", "tablename", "", "schemaname", TABLE),
    VIEW_LIST("pg_views", "viewname", "", "schemaname", VIEW),
    MATERIALIZED_VIEW_LIST("pg_matviews", "matviewname", "", "schemaname", MATERIALIZED_VIEW),
    SEQUENCE_LIST("pg_sequences", "sequencename", "", "schemaname", SEQUENCE),
    TABLES("information_schema.tables", "table_name", "", "table_schema", TABLE, VIEW),
    VIEWS("information_schema.views", "table_name", "", "table_schema", VIEW),
    SEQUENCES("information_schema.sequences", "sequence_name", "", "sequence_schema", SEQUENCE),
    DOMAINS("information_schema.domains", "domain_name", "", "domain_schema", DOMAIN),
    EXTENSIONS("pg_extension", "extname", "", "", EXTENSION),
    SCHEMAS("pg_namespace", "nspname", "", "", SCHEMA),
    SCHEMA_LIST("information_schema.schemata", "schema_name", "", "", SCHEMA);

    private final String relation;
    private final String nameColumn;
    private final List<String> ownerColumns;
    private final List<String> schemaColumns;
    private final Set<ObjectKind> kinds;

    /** @param ownerColumns those that name the table or type whose part it is, separated by spaces */
    Catalog(String relation, String nameColumn, String ownerColumns, String schemaColumns, ObjectKind... kinds) {
        this.relation = relation;
        this.nameColumn = nameColumn;
        this.ownerColumns = List.of(ownerColumns.split(" "));
        this.schemaColumns = List.of(schemaColumns.split(" "));
        this.kinds = Set.of(kinds);
    }

    static boolean isOne(String relation) {
        return Arrays.stream(values()).anyMatch(catalog -> catalog.relation.equals(relation));
    }

    String relation() {
        return relation;
    }

    String nameColumn() {
        return nameColumn;
    }

    boolean isOwner(String column) {
        return ownerColumns.contains(column);
    }

    boolean hasSchema() {
        return !schemaColumns.contains("");
    }

    boolean isSchema(String column) {
        return schemaColumns.contains(column);
    }

    Set<ObjectKind> kinds() {
        return kinds;
    }
}
