package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.postgresql.schema.tree.Canonical;
import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parts of one reading share. */
final class ReadingContext {

    final RowStream cursor;
    final int major;
    final Relations relations;
    final CatalogNames names;
    final Canonical canonical;

    /** Where capture keeps what it writes into a watched database. */
    static final String OURS = "migration_ledger";

    private final SchemaScope scope;
    private final Map<Long, String> schemas = new HashMap<>();
    private final Set<String> ofExtensions = new HashSet<>();
    private final Map<String, String> pool = new HashMap<>();
    private final List<SchemaObject> objects = new ArrayList<>();

    /**
     * @param major of the server's version
     * @param versionTable its object id; 0: there is none
     */
    ReadingContext(RowStream cursor, int major, SchemaScope scope, long versionTable) {
        this.cursor = cursor;
        this.major = major;
        this.scope = scope;
        this.relations = new Relations(this, versionTable);
        this.names = new CatalogNames(this);
        this.canonical = new Canonical(names);
    }

    /** Before everything else. */
    void readSchemas() throws SQLException {
        cursor.each("""
                SELECT classid::regclass::text, objid FROM pg_depend
                WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'""",
                row -> ofExtensions.add(row.getString(1) + row.getLong(2)));
        cursor.each("SELECT oid, nspname FROM pg_namespace", row -> schemas.put(row.getLong(1), row.getString(2)));
        cursor.each("SELECT x.extname, n.nspname FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace"
                + " WHERE x.extname <> 'plpgsql'",
                row -> add(null, null, row.getString(1),
                        new Definition.Extension("SCHEMA " + CanonicalText.quoted(row.getString(2)))));
    }

    /** Schemas themselves, those that hold nothing but the version table apart: they are part of it. */
    void addSchemas(long versionTable) {
        Relation table = relations.find(versionTable);
        Set<String> used = new HashSet<>();
        objects.forEach(object -> used.add(String.valueOf(object.object().schema())));
        schemas.forEach((oid, name) -> {
            boolean onlyThere = table != null && table.schema().equals(name) && !name.equals("public");
            if (isWatched(name) && !isOfExtension("pg_namespace", oid) && (!onlyThere || used.contains(name))) {
                add(null, null, name, new Definition.Schema());
            }
        });
    }

    /** Empty for one that came into being after this reading began, or is temporary. */
    String schema(long oid) {
        return schemas.getOrDefault(oid, "");
    }

    /** Whether objects of this schema belong to the snapshot. */
    boolean includes(long schema) {
        String name = schemas.get(schema);
        return name != null && isWatched(name);
    }

    private boolean isWatched(String schema) {
        return !schema.startsWith("pg_")
                && !schema.equals("information_schema")
                && !schema.equals(OURS)
                && (scope.schemas().isEmpty() || scope.schemas().contains(schema));
    }

    /** @param catalog as {@code pg_class} */
    boolean isOfExtension(String catalog, long oid) {
        return ofExtensions.contains(catalog + oid);
    }

    /** The same text for equal texts: names and types come ten thousand times. */
    String pooled(String text) {
        String known = pool.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    void add(@Nullable String schema, @Nullable String table, String name, Definition definition) {
        objects.add(new SchemaObject(new ObjectName(definition.kind(), schema, table, pooled(name)), definition));
    }

    List<SchemaObject> objects() {
        return objects;
    }

    static String digest(String code) {
        return CanonicalText.digest(code);
    }
}
