package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds the object that a name means where the revision uses it. */
record NameResolver(Timelines timelines, String defaultSchema) {

    /** The object that is meant, where SQL has one word for several kinds. */
    ObjectName resolved(Change change) {
        ObjectName name = change.object().resolved(defaultSchema);
        return switch (name.kind()) {
            case TABLE -> change instanceof Create ? name : relation(name);
            // DROP TYPE is said of enums, composite types and domains.
            case ENUM -> timelines.isKnown(name)
                    ? name
                    : Stream.of(ObjectKind.TYPE, ObjectKind.DOMAIN)
                            .map(kind -> new ObjectName(kind, name.schema(), null, name.name()))
                            .filter(timelines::isKnown).findFirst().orElse(name);
            case FUNCTION -> change instanceof Create ? name : function(name);
            case INDEX -> {
                ObjectName constraint = timelines.dependents().constraintOf(name);
                yield (change instanceof Rename || change instanceof Alter) && !timelines.isKnown(name)
                        && timelines.isThere(constraint) ? constraint : name;
            }
            case SCHEMA, EXTENSION, COLUMN, CONSTRAINT, SEQUENCE, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW, TRIGGER,
                    POLICY ->
                name;
        };
    }

    /** A function may be named without its arguments where there is only one of that name. */
    private ObjectName function(ObjectName name) {
        List<ObjectName> all = name.name().endsWith(")")
                ? List.of(name)
                : timelines.byObject().keySet().stream()
                        .filter(one -> one.kind() == ObjectKind.FUNCTION && one.name().startsWith(name.name() + "(")
                                && Objects.equals(one.schema(), name.schema()) && timelines.isThere(one))
                        .toList();
        return all.size() == 1 ? all.getFirst() : name;
    }

    /** Indexes, triggers, renames and owners of views are written as those of tables. */
    ObjectName relation(ObjectName table) {
        return timelines.isThere(table)
                ? table
                : PostgresRules.relations(table).stream().filter(timelines::isThere).findFirst().orElse(table);
    }

    /** The name that PostgreSQL gives a constraint to which the script gives none. */
    ObjectName free(ObjectName object) {
        ObjectName name = object;
        for (int number = 1; object.kind() == ObjectKind.CONSTRAINT && timelines.isThere(name); number++) {
            name = PostgresRules.numbered(object, number);
        }
        return name;
    }
}
